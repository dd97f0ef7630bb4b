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
    """`authorizedAmount` is what goes to settlement: what was captured so far, less what was taken back in
    the open batch (Payroc documents no other field for either)."""
    kind, amount = "sale", payment.authorized
    if payment.pre_authorized:
        kind = "preAuthorizationCompletion" if payment.captured else "preAuthorization"
    if payment.captured:
        amount = payment.taken or payment.captured
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
    """`ready` is in the open batch, `complete` settled, and `pending` held out of settlement: nothing of it
    was captured yet."""
    if payment.reversed:
        return "reversal"
    if payment.taken:
        return "ready" if payment.in_open_batch else "complete"
    return "expired" if payment.expired else "pending"


def _operations(payment: Payment) -> list[str]:
    possible = {
        "capture": payment.capturable,
        "refund": payment.settled and payment.refundable,
        "fullyReverse": payment.reversible,
        "partiallyReverse": payment.partly_reversible,
    }
    return [operation for operation, amount in possible.items() if amount]


def refund_body(payment: Payment, refund: Refund) -> dict[str, Any]:
    """The refund as `GET /refunds/{id}` shows it (`RetrievedRefund` of Payroc's SDK)."""
    decision = refund.decision
    whole = payment_body(payment)
    return {
        "refundId": refund.id,
        "processingTerminalId": payment.terminal,
        "order": {
            "orderId": payment.order_id,
            "dateTime": refund.at,
            "description": refund.description,
            "amount": refund.amount,
            "currency": payment.currency,
        },
        "card": whole["card"],
        "payment": {
            "paymentId": payment.id,
            "dateTime": payment.at,
            "currency": payment.currency,
            "amount": payment.amount,
            "status": whole["transactionResult"]["status"],
            "responseCode": whole["transactionResult"]["responseCode"],
            "responseMessage": whole["transactionResult"]["responseMessage"],
        },
        "supportedOperations": [],
        "transactionResult": {
            "type": "refund",
            "status": decision.status,
            "authorizedAmount": -refund.amount if decision.approved else 0,
            "currency": payment.currency,
            "responseCode": decision.response_code,
            "responseMessage": decision.message,
            "processorResponseCode": decision.processor_code,
        },
    }


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
