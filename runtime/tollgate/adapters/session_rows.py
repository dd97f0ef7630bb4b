"""A checkout session as a row of the `sessions` table."""

from collections.abc import Mapping
from typing import Any

from tollgate.domain.checkout import CheckoutSession
from tollgate.domain.payment import CaptureMethod, Terms


def session_row(session: CheckoutSession) -> dict[str, Any]:
    terms = session.terms
    return {
        "id": session.id,
        "merchant": session.merchant_id,
        "amount": terms.amount,
        "currency": terms.currency,
        "capture": terms.capture_method.value,
        "reference": terms.reference,
        "description": terms.description,
        "metadata": dict(terms.metadata),
        "return_url": session.return_url,
        "origins": list(session.origins),
        "secret_version": session.secret_version,
        "created_at": session.created_at,
    }


def session_of(row: Mapping[str, Any]) -> CheckoutSession:
    return CheckoutSession(
        id=row["id"],
        merchant_id=row["merchant"],
        terms=Terms(
            amount=row["amount"],
            currency=row["currency"],
            capture_method=CaptureMethod(row["capture"]),
            reference=row["reference"],
            description=row["description"],
            metadata=row["metadata"],
        ),
        return_url=row["return_url"],
        origins=tuple(row["origins"]),
        secret_version=row["secret_version"],
        created_at=row["created_at"],
    )
