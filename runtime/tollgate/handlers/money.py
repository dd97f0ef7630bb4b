"""The answers of operations on money: 201, 202, 402 and 502, first given or given again."""

from typing import Annotated, Any

from msgspec import Meta

from tollgate.domain.audit import Action, Resource
from tollgate.domain.errors import Code, Refusal, not_found
from tollgate.domain.operation import Kind, answer_status
from tollgate.domain.outcome import Declined, FailureCategory
from tollgate.domain.payment import Payment
from tollgate.handlers.exchange import Access, Reply, Request
from tollgate.handlers.headers import ASYNC, prefers_async
from tollgate.handlers.objects import payment_object, refund_object
from tollgate.handlers.problem import problem
from tollgate.operations.execution import Done
from tollgate.ports import Payments

Amount = Annotated[int, Meta(ge=1, le=999_999_999_999)]
"""Minor units of the payment's currency."""

ACCEPTED = 202
LONGEST_WAIT = 10
"""Seconds that a caller is told to wait at most: most outcomes are known much sooner than they are due."""

REPLAYED = {"Idempotent-Replayed": "true"}


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
        if reply.status == ACCEPTED:
            headers |= _where_and_when(request, done)
    access = None
    if done.replayed:
        action = Action.REFUND_READ if member == "refund" else Action.PAYMENT_READ
        access = Access(action, Resource(member, shown["id"]), (shown["id"],))
    return Reply(reply.status, reply.body, {**reply.headers, **headers}, access, reply.media_type)


def _where_and_when(request: Request, done: Done) -> dict[str, str]:
    """Where the outcome will be, when to look, and whether not to wait was the caller's own wish."""
    operation = done.operation
    path = f"{request.base_path}/v1/payments/{done.payment.id}"
    if operation.kind is Kind.REFUND:
        path += f"/refunds/{operation.id}"
    wait = (operation.due_at - (operation.deferred_at or operation.due_at)) // 1000
    headers = {"Location": path, "Retry-After": str(min(max(wait, 1), LONGEST_WAIT))}
    preferred = prefers_async(request.headers) and operation.deferred_at == operation.started_at
    return {**headers, "Preference-Applied": ASYNC} if preferred else headers


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
