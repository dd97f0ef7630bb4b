"""A payment in Payroc's words (the answer of `POST /payments` and of the operations on a payment)."""

from typing import Any

from local.simulator.issuer import Decision
from local.simulator.payment import Payment, Refund


def payment_body(payment: Payment, decision: Decision | None = None) -> dict[str, Any]:
    """The payment as it stands, or with the `decision` on an operation that took no effect."""
    return {
        "paymentId": payment.id,
        "processingTerminalId": payment.terminal,
        "order": {
            "orderId": payment.order_id,
            "dateTime": payment.at,
            "description": payment.description,
            "amount": payment.amount,
            "currency": payment.currency,
        },
        "card": {
            "type": payment.card.scheme,
            "entryMethod": "keyed",
            "cardNumber": payment.card.masked_number,
            "expiryDate": payment.card.expiry,
            "securityChecks": {"cvvResult": payment.card.cvv_result, "avsResult": payment.decision.avs},
        },
        "transactionResult": _result(payment, decision or payment.decision),
        "supportedOperations": _operations(payment),
        "refunds": [_refund(payment, refund) for refund in payment.refunds],
        "customFields": [],
    }


def _result(payment: Payment, decision: Decision) -> dict[str, Any]:
    """A completion's `authorizedAmount` is what was captured so far (Payroc documents no field for it)."""
    kind, amount = "sale", payment.authorized
    if payment.pre_authorized:
        kind = "preAuthorization"
        if payment.captured:
            kind, amount = "preAuthorizationCompletion", payment.captured
    return {
        "type": kind,
        "status": _status(payment) if decision.approved else decision.status,
        "approvalCode": "OK3" if decision.approved else "",
        "authorizedAmount": amount if decision.approved else 0,
        "currency": payment.currency,
        "responseCode": decision.response_code,
        "responseMessage": decision.message,
        "processorResponseCode": decision.processor_code,
    }


def _status(payment: Payment) -> str:
    """`pending` is held out of settlement: nothing of the authorization was captured yet."""
    if payment.reversed:
        return "reversal"
    if payment.expired:
        return "expired"
    return "ready" if payment.captured else "pending"


def _operations(payment: Payment) -> list[str]:
    possible = {
        "capture": payment.capturable > 0,
        "refund": payment.refundable > 0,
        "fullyReverse": payment.reversible,
    }
    return [operation for operation, allowed in possible.items() if allowed]


def _refund(payment: Payment, refund: Refund) -> dict[str, Any]:
    return {
        "refundId": refund.id,
        "dateTime": refund.at,
        "currency": payment.currency,
        "amount": refund.amount,
        "status": refund.decision.status,
        "responseCode": refund.decision.response_code,
        "responseMessage": refund.decision.message,
    }
