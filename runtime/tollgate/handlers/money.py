"""The answers of operations on money: 201, 202, 402 and 502, first given or given again."""

from typing import Annotated, Any

from msgspec import Meta

from tollgate.domain.audit import Action, Resource
from tollgate.domain.errors import Code, Refusal, not_found
from tollgate.domain.operation import Kind, answer_status
from tollgate.domain.outcome import Declined, FailureCategory
from tollgate.domain.payment import Payment
from tollgate.handlers.exchange import Access, Reply, Request
from tollgate.handlers.objects import payment_object, refund_object
from tollgate.handlers.problem import problem
from tollgate.operations.execution import Done
from tollgate.ports import Payments

Amount = Annotated[int, Meta(ge=1, le=999_999_999_999)]
"""Minor units of the payment's currency."""

ACCEPTED = 202
REPLAYED = {"Idempotent-Replayed": "true"}


def prefers_async(request: Request) -> bool:
    """Whether the caller would rather not wait (`Prefer: respond-async`, RFC 7240 §4.1)."""
    preferences = request.headers.get("prefer", "").lower().split(",")
    return any(each.partition(";")[0].strip() == "respond-async" for each in preferences)


def answer_to_operation(request: Request, done: Done) -> Reply:
    """The answer that the operation's outcome has. A replay is an access of its own, put on record."""
    member, shown = _object(done)
    outcome = done.operation.outcome
    headers = dict(REPLAYED if done.replayed else {})
    if isinstance(outcome, Declined):
        refusal = Refusal(_code(done, outcome), outcome.failure.message)
        reply = problem(refusal, request.exchange.request_id, **{member: shown})
    else:
        reply = Reply(answer_status(outcome), shown)
        if done.operation.deferred_at == done.operation.started_at and reply.status == ACCEPTED:
            headers |= {"Location": _location(done), "Preference-Applied": "respond-async"}
    access = None
    if done.replayed:
        action = Action.REFUND_READ if member == "refund" else Action.PAYMENT_READ
        access = Access(action, Resource(member, shown["id"]), (shown["id"],))
    return Reply(reply.status, reply.body, {**reply.headers, **headers}, access, reply.media_type)


def _location(done: Done) -> str:
    path = f"/v1/payments/{done.payment.id}"
    return f"{path}/refunds/{done.operation.id}" if done.operation.kind is Kind.REFUND else path


def payment_of(request: Request, payments: Payments) -> Payment:
    """The payment that the path names. Raises `Refusal` (`not_found`), for another merchant's too."""
    payment = payments.find(request.principal.merchant_id, request.parameters["id"])
    if payment is None:
        raise not_found()
    return payment


def _object(done: Done) -> tuple[str, dict[str, Any]]:
    if done.operation.kind is Kind.REFUND:
        return "refund", refund_object(done.payment, done.operation)
    return "payment", payment_object(done.payment)


def _code(done: Done, outcome: Declined) -> Code:
    if outcome.failure.category is FailureCategory.PROCESSOR_ERROR:
        return Code.PROCESSOR_ERROR
    return Code.REFUND_DECLINED if done.operation.kind is Kind.REFUND else Code.CARD_DECLINED
