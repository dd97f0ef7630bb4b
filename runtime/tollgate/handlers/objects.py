"""Payments and refunds as the API shows them."""

from typing import Any

from tollgate.domain.audit import timestamp
from tollgate.domain.capture import captures_of, expires_at
from tollgate.domain.merchant import Merchant, Principal
from tollgate.domain.operation import Operation
from tollgate.domain.outcome import Approved, Declined, Failure
from tollgate.domain.payment import ByToken, Payment


def payment_object(payment: Payment) -> dict[str, Any]:
    """The contract's payment."""
    balance, terms, card = payment.balance, payment.terms, payment.card
    return {
        "id": payment.id,
        "object": "payment",
        "status": balance.status.value,
        "amount": terms.amount,
        "currency": terms.currency,
        "capture_method": terms.capture_method.value,
        "amount_authorized": balance.authorized,
        "amount_capturable": balance.capturable,
        "amount_captured": balance.captured,
        "amount_refunded": balance.refunded,
        "amount_refundable": balance.refundable,
        "payment_method": {
            "token": payment.method.token_id if isinstance(payment.method, ByToken) else None,
            "card": {
                "brand": card.brand.value,
                "last4": card.last4,
                "exp_month": card.exp_month,
                "exp_year": card.exp_year,
                "fingerprint": payment.fingerprint,
            },
        },
        "captures": [
            {"id": each.id, "amount": each.amount, "created_at": timestamp(each.at)}
            for each in captures_of(payment)
        ],
        "expires_at": _time(expires_at(payment)),
        "reference": terms.reference,
        "description": terms.description,
        "metadata": dict(terms.metadata),
        "processor": {"name": payment.processor.processor, "reference": payment.processor_reference},
        "failure": payment.failure and failure_object(payment.failure),
        "next_check_at": _time(payment.next_check_at),
        "created_at": timestamp(payment.created_at),
        "updated_at": timestamp(payment.updated_at),
    }


def refund_object(payment: Payment, refund: Operation) -> dict[str, Any]:
    """The contract's refund."""
    return {
        "id": refund.id,
        "object": "refund",
        "payment_id": payment.id,
        "amount": refund.amount,
        "currency": payment.terms.currency,
        "status": _refund_status(refund),
        "failure": failure_object(refund.outcome.failure) if isinstance(refund.outcome, Declined) else None,
        "reason": refund.reason,
        "created_at": timestamp(refund.started_at),
        "updated_at": timestamp(refund.finished_at or refund.deferred_at or refund.started_at),
    }


def failure_object(failure: Failure) -> dict[str, Any]:
    return {
        "code": failure.code,
        "category": failure.category.value,
        "message": failure.message,
        "retryable": failure.retryable,
    }


def client_object(client: Principal, merchant: Merchant) -> dict[str, Any]:
    """The contract's client: whom an access token speaks for."""
    return {
        "id": client.client_id,
        "object": "client",
        "merchant": {"id": merchant.id, "name": merchant.name},
        "scopes": sorted(client.scopes),
        "currencies": sorted(merchant.currencies),
        "multiple_captures": merchant.multiple_captures,
    }


def list_object(data: list[dict[str, Any]], next_cursor: str | None) -> dict[str, Any]:
    """The contract's list."""
    return {"object": "list", "data": data, "has_more": next_cursor is not None, "next_cursor": next_cursor}


def _refund_status(refund: Operation) -> str:
    match refund.outcome:
        case Approved():
            return "succeeded"
        case Declined():
            return "failed"
        case _:
            return "processing"


def _time(milliseconds: int | None) -> str | None:
    return None if milliseconds is None else timestamp(milliseconds)
