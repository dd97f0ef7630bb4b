"""A payment's changes as audit records: a function of the payment, so that none can be lost or invented."""

from tollgate.domain.audit import (
    Action,
    ActorType,
    Audit,
    AuditOutcome,
    Chain,
    Exchange,
    Resource,
    linked,
)
from tollgate.domain.audit_ids import record_id, use_id
from tollgate.domain.operation import Kind, Operation, Statement, answer_status
from tollgate.domain.outcome import Approved, Declined, FailureCategory
from tollgate.domain.payment import ByToken, CaptureMethod, Payment

ACCEPTED = {Kind.AUTHORIZE: Action.PAYMENT_CREATED, Kind.REFUND: Action.REFUND_CREATED}


def history(payment: Payment) -> tuple[Audit, ...]:
    """The payment's chain of records, from the first.

    An operation enters when its caller has an answer that stands; one that still executes, or that
    certainly never reached the processor, isn't there.
    """
    records: list[Audit] = []
    for operation in payment.operations:
        if operation.answered:
            records.extend(_records(payment, operation, records[-1].chain if records else None))
    return tuple(records)


def records_in_history(payment: Payment) -> int:
    """How many records `history` has. To count them takes no hash."""
    return sum(
        (operation.kind in ACCEPTED) + len(operation.statements) + operation.resolved
        for operation in payment.operations
        if operation.answered
    )


def card_uses(before: Payment | None, after: Payment | None) -> tuple[Audit, ...]:
    """The uses of the vaulted card that a change puts on record: by the payment's own request, with the
    change that ends its bare intent, however it does; and by each look that may open it, with its claim.

    The intent and the claim are stored before the card is opened, so that no use goes without a record.
    `after` None: the payment was withdrawn.
    """
    payment = after or before
    if payment is None or not isinstance(payment.method, ByToken):
        return ()
    uses: list[Audit] = []
    first = payment.operations[0]
    if _request_is_over(before, after):
        uses.append(
            _use(payment, payment.method, first.started_at, first.exchange, first.exchange.request_id)
        )
    claim = first.claim if after else None
    if claim and claim.opens_card and (before is None or before.operations[0].claim != claim):
        by = Exchange(ActorType.SYSTEM, "follow-up", None, None, claim.by)
        uses.append(_use(payment, payment.method, claim.at, by, claim.by))
    return tuple(uses)


def _request_is_over(before: Payment | None, after: Payment | None) -> bool:
    """Whether the change ends the bare intent of a payment's own request, which has used the card."""
    if before is not None:
        return _bare(before) and (after is None or not _bare(after))
    if after is None or _bare(after):
        return False
    first = after.operations[0]
    return first.deferred_at != first.started_at


def _bare(payment: Payment) -> bool:
    """Whether nothing has come after the intent yet."""
    first = payment.operations[0]
    return not first.answered and not first.checks


def _use(payment: Payment, method: ByToken, at: int, by: Exchange, occasion: str) -> Audit:
    return Audit(
        id=use_id(payment.id, payment.operations[0].id, occasion),
        merchant_id=payment.merchant_id,
        at=at,
        exchange=by,
        action=Action.TOKEN_USED,
        resource=Resource("token", method.token_id),
        outcome=AuditOutcome.SUCCESS,
        status=202,
        ids=(payment.id,),
    )


def _records(payment: Payment, operation: Operation, previous: Chain | None) -> list[Audit]:
    records: list[Audit] = []
    first_status = 202 if operation.deferred_at is not None else answer_status(operation.outcome)
    if operation.kind in ACCEPTED:
        created = _record(payment, operation, ACCEPTED[operation.kind], previous, first_status)
        records.append(created)
        previous = created.chain
    for said in operation.statements:
        records.append(_statement(payment, operation, said, previous))
        previous = records[-1].chain
    if operation.resolved:
        records.append(
            _record(
                payment,
                operation,
                _result(payment, operation),
                previous,
                answer_status(operation.outcome),
                finished=True,
            )
        )
    return records


def _statement(payment: Payment, operation: Operation, said: Statement, previous: Chain | None) -> Audit:
    """What a person said, with where the proof of it is kept among the ids."""
    about = _about(payment, operation)
    action = Action.RESOLUTION_APPROVED if said.approves else Action.RESOLUTION_PROPOSED
    effect = "took_effect" if said.took_effect else "no_effect"
    record = Audit(
        id=_record_id(payment, previous),
        merchant_id=payment.merchant_id,
        at=said.at,
        exchange=said.exchange,
        action=action,
        resource=about,
        outcome=AuditOutcome.SUCCESS,
        status=202,
        ids=tuple(each for each in (about.id, effect, said.reference, said.evidence) if each),
    )
    return linked(record, payment.id, previous)


def _about(payment: Payment, operation: Operation) -> Resource:
    refund = operation.kind is Kind.REFUND
    return Resource("refund", operation.id) if refund else Resource("payment", payment.id)


def _record_id(payment: Payment, previous: Chain | None) -> str:
    return record_id(payment.id, previous.sequence + 1 if previous else 1)


def _record(
    payment: Payment,
    operation: Operation,
    action: Action,
    previous: Chain | None,
    status: int,
    *,
    finished: bool = False,
) -> Audit:
    exchange: Exchange = (operation.finished_by if finished else None) or operation.exchange
    at = operation.finished_at if finished and operation.finished_at is not None else operation.started_at
    failed = finished and isinstance(operation.outcome, Declined)
    about = _about(payment, operation)
    record = Audit(
        id=_record_id(payment, previous),
        merchant_id=payment.merchant_id,
        at=at,
        exchange=exchange,
        action=action,
        resource=about,
        outcome=AuditOutcome.FAILURE if failed else AuditOutcome.SUCCESS,
        status=status,
        ids=(about.id,) if about.id else (),
    )
    return linked(record, payment.id, previous)


def _result(payment: Payment, operation: Operation) -> Action:
    match operation.kind, operation.outcome:
        case Kind.AUTHORIZE, Approved():
            at_once = payment.terms.capture_method is CaptureMethod.AUTOMATIC
            return Action.PAYMENT_CAPTURED if at_once else Action.PAYMENT_AUTHORIZED
        case Kind.AUTHORIZE, Declined(failure):
            refused = failure.category is FailureCategory.PROCESSOR_ERROR
            return Action.PAYMENT_FAILED if refused else Action.PAYMENT_DECLINED
        case Kind.REFUND, Approved():
            return Action.REFUND_SUCCEEDED
        case Kind.REFUND, _:
            return Action.REFUND_FAILED
        case Kind.CAPTURE, _:
            return Action.PAYMENT_CAPTURED
        case _:
            return Action.PAYMENT_CANCELED
