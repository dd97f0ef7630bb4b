"""A payment as a row of the `payments` table. Names are short: over 1 KiB costs a second write unit."""

from dataclasses import astuple
from typing import Any

from tollgate.adapters.outcome_rows import Row, outcome_of, outcome_row, present
from tollgate.domain.audit import ActorType, Exchange
from tollgate.domain.card import Brand, CardSummary
from tollgate.domain.listing import due_shard, position, reference_partition
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.operation import Claim, Doubt, Kind, Means, Operation, Statement
from tollgate.domain.payment import ByCard, ByToken, CaptureMethod, Payment, PaymentMethod, Terms
from tollgate.domain.token import CardIdentity

SAME_AGENT = True
"""In the place of a user agent: that of the payment's first request."""

Facts = list[Any]


def payment_row(payment: Payment, listing: str) -> Row:
    """The whole row, with its place in a partition of the merchant's listing."""
    terms, card, processor = payment.terms, payment.card, payment.processor
    row = {
        "id": payment.id,
        "merchant": payment.merchant_id,
        "version": payment.version,
        "listing": listing,
        "position": position(payment.created_at, payment.id),
        "amount": terms.amount,
        "currency": terms.currency,
        "capture": terms.capture_method.value,
        "reference": terms.reference,
        "ref": terms.reference and reference_partition(payment.merchant_id, terms.reference, listing),
        "description": terms.description,
        "metadata": dict(terms.metadata) or None,
        "card": [card.brand.value, card.last4, card.exp_month, card.exp_year, payment.fingerprint],
        "processor": [processor.processor, processor.account, processor.terminal],
        "multiple": payment.multiple_captures,
        "operations": [operation_row(payment, place) for place in range(len(payment.operations))],
        **due_row(payment),
        **_method_row(payment.method),
    }
    return present(row)


def payment_of(row: Row) -> Payment | None:
    """The payment of a row as read back. None: the row stands for one that was withdrawn, without any
    operation; it stays, so that its versions never come again."""
    if not row["operations"]:
        return None
    brand, last4, exp_month, exp_year, *fingerprint = row["card"]
    terms = Terms(
        amount=row["amount"],
        currency=row["currency"],
        capture_method=CaptureMethod(row["capture"]),
        reference=row.get("reference"),
        description=row.get("description"),
        metadata=row.get("metadata", {}),
    )
    return Payment(
        id=row["id"],
        merchant_id=row["merchant"],
        terms=terms,
        method=_method_of(row),
        card=CardSummary(Brand(brand), last4, exp_month, exp_year),
        processor=ProcessorAccount(*row["processor"]),
        multiple_captures=row["multiple"],
        created_at=int(row["position"].partition("#")[0]),
        operations=tuple(operation_of(each, row["operations"][0]["by"]) for each in row["operations"]),
        version=row["version"],
        fingerprint=fingerprint[0] if fingerprint else None,
    )


def due_row(payment: Payment) -> Row:
    """The row's place in the `due` index; empty when nobody has to come back to the payment."""
    due = payment.follow_up_at
    return {} if due is None else {"due_shard": due_shard(payment.id), "due": due}


def operation_row(payment: Payment, place: int) -> Row:
    """The payment's operation at that place."""
    operation, first = payment.operations[place], payment.operations[0] if place else None
    return present(
        {
            "id": operation.id,
            "kind": operation.kind.value,
            "amount": operation.amount,
            "by": _exchange_row(operation.exchange, first),
            "start": operation.started_at,
            "due": operation.due_at,
            "asked": operation.asked_amount,
            "final": None if operation.final else False,
            "reason": operation.reason,
            "outcome": outcome_row(operation.outcome),
            "end": operation.finished_at,
            "lease": operation.lease_until if operation.lease_until != operation.due_at else None,
            "checks": operation.checks or None,
            "claim": operation.claim and list(astuple(operation.claim)),
            "deferred": operation.deferred_at,
            "target": operation.target,
            "watch": operation.watched_until,
            "said": [list(astuple(each)) for each in operation.statements] or None,
            "doubt": operation.doubt and list(astuple(operation.doubt)),
            "means": operation.means and operation.means.value,
            "ended_by": operation.finished_by and _exchange_row(operation.finished_by, first),
        }
    )


def operation_of(row: Row, first_by: Facts) -> Operation:
    """`first_by`: who asked for the payment, as its row says."""
    ended_by = row.get("ended_by")
    return Operation(
        id=row["id"],
        kind=Kind(row["kind"]),
        amount=row["amount"],
        exchange=_exchange_of(row["by"], first_by),
        started_at=row["start"],
        due_at=row["due"],
        asked_amount=row.get("asked"),
        final=row.get("final", True),
        reason=row.get("reason"),
        outcome=outcome_of(row.get("outcome")),
        finished_at=row.get("end"),
        lease_until=row.get("lease", row["due"]),
        checks=row.get("checks", 0),
        claim=Claim(*row["claim"]) if "claim" in row else None,
        deferred_at=row.get("deferred"),
        target=row.get("target"),
        watched_until=row.get("watch"),
        statements=tuple(Statement(*each) for each in row.get("said", ())),
        doubt=Doubt(*row["doubt"]) if "doubt" in row else None,
        means=Means(row["means"]) if "means" in row else None,
        finished_by=ended_by and _exchange_of(ended_by, first_by),
    )


def _exchange_row(exchange: Exchange, first: Operation | None) -> Facts:
    """A user agent is a third of an operation, and a payment's are one as a rule."""
    agent = exchange.user_agent
    same = first is not None and agent is not None and agent == first.exchange.user_agent
    said = SAME_AGENT if same else agent
    return [exchange.actor_type.value, exchange.actor_id, exchange.ip, said, exchange.request_id]


def _exchange_of(row: Facts, first: Facts) -> Exchange:
    actor_type, actor_id, ip, agent, request_id = row
    return Exchange(
        ActorType(actor_type), actor_id, ip, first[3] if agent is SAME_AGENT else agent, request_id
    )


def _method_row(method: PaymentMethod) -> Row:
    match method:
        case ByToken(token_id):
            return {"token": token_id}
        case ByCard(identity, jwe_digest):
            return {"pan_mac": [identity.version, identity.mac], "jwe": jwe_digest}


def _method_of(row: Row) -> PaymentMethod:
    if "token" in row:
        return ByToken(row["token"])
    version, mac = row["pan_mac"]
    return ByCard(CardIdentity(version, mac), row["jwe"])
