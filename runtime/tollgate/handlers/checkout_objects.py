"""Checkout sessions as the API shows them: to a merchant's server, and to a page."""

from collections.abc import Sequence
from typing import Any

from tollgate.domain.audit import timestamp
from tollgate.domain.checkout import (
    ATTEMPTS,
    CheckoutSession,
    Progress,
    Status,
    progress,
    standing,
    status_of,
)
from tollgate.domain.merchant import Merchant
from tollgate.domain.payment import Payment

MESSAGES = {
    Progress.SUCCEEDED: "Paid.",
    Progress.PROCESSING: "The payment isn't decided yet. Ask again; nobody is charged twice.",
    Progress.DECLINED: "The card was declined, and nothing was charged.",
    Progress.FAILED: "The payment failed, and nothing was charged.",
}


def hosted_url(pages: str | None, session: CheckoutSession, secret: str | None = None) -> str | None:
    """Of the hosted page. The secret is behind the `#`: browsers send that nowhere, so no log has it."""
    address = pages and f"{pages}/checkout/{session.id}"
    return f"{address}#{secret}" if address and secret else address


def session_object(
    session: CheckoutSession, attempts: Sequence[Payment], now: int, url: str | None
) -> dict[str, Any]:
    """The contract's checkout session, but for its secret."""
    attempt = standing(attempts)
    return {
        "id": session.id,
        "object": "checkout_session",
        "status": status_of(session, attempts, now).value,
        "url": url,
        "payment": attempt.id if attempt else None,
        "amount": session.terms.amount,
        "currency": session.terms.currency,
        "reference": session.terms.reference,
        "expires_at": timestamp(session.expires_at),
        "created_at": timestamp(session.created_at),
    }


def progress_object(attempt: Payment) -> dict[str, str]:
    """What a page hears of an attempt: nothing of the card, nor of why."""
    found = progress(attempt)
    return {"status": found.value, "message": MESSAGES[found]}


def view_object(
    session: CheckoutSession, attempts: Sequence[Payment], merchant: Merchant, now: int
) -> dict[str, Any]:
    """What the hosted page shows."""
    status = status_of(session, attempts, now)
    payable = status is Status.OPEN and standing(attempts) is None
    return {
        "object": "checkout_view",
        "status": status.value,
        "progress": progress(attempts[-1]).value if attempts else None,
        "attempts_left": ATTEMPTS - len(attempts) if payable else 0,
        "merchant": {"id": merchant.id, "name": merchant.name},
        "amount": session.terms.amount,
        "currency": session.terms.currency,
        "reference": session.terms.reference,
        "description": session.terms.description,
        "return_url": session.return_url,
    }
