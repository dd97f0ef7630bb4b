"""All that is known of an operation in doubt: our item, and the processor's books."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onboarding import Stage
from onboarding.failure import Failure
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.domain.evidence import Trace, TraceStatus
from tollgate.domain.listing import due_shards
from tollgate.domain.payment import Payment

ALIAS = "live"
MOST_DUE = 1_000


@dataclass(frozen=True)
class Books:
    """What the processor shows of the payment's order now; `unread`: why it shows nothing."""

    traces: tuple[Trace, ...]
    unread: str | None


def payments_table(stage: Stage) -> PaymentsTable:
    return PaymentsTable(stage.dynamodb, stage.physical_name("payments"))


def load(stage: Stage, payment_id: str) -> Payment:
    """Raises Failure if there is none, or nothing on it is open."""
    payment = payments_table(stage).load(payment_id)
    if payment is None:
        raise Failure(f"The stack '{stage.name}' has no payment {payment_id}.", "Check the id and --stack.")
    return payment


def open_payments(stage: Stage, now: int) -> Iterator[Payment]:
    """Payments whose latest operation has no outcome, whenever it is looked at next; longest open first."""
    table, horizon = payments_table(stage), now + 366 * 86_400_000
    ids = [due.payment_id for shard in due_shards() for due in table.due(shard, horizon, MOST_DUE)]
    found = [payment for payment in map(table.load, ids) if payment and not payment.latest.resolved]
    yield from sorted(found, key=lambda payment: payment.latest.started_at)


def books(stage: Stage, payment: Payment) -> Books:
    """Asked of the processor by a function of the stage, which has the key. Raises Failure."""
    answer = asked(stage, {"payment": payment.id})
    return Books(tuple(_trace(each) for each in answer["books"] or ()), answer["unread"])


def asked(stage: Stage, event: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of the stage's `reconciler`. Raises Failure if it fails."""
    name = stage.physical_name("reconciler")
    answer = stage.functions.invoke(FunctionName=name, Qualifier=ALIAS, Payload=json.dumps(event))
    payload: dict[str, Any] = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise Failure(
            f"The function {name} failed: {payload.get('errorMessage')}",
            f"See its log group, /aws/lambda/{name}.",
        )
    return payload


def _trace(shown: dict[str, Any]) -> Trace:
    return Trace(**{**shown, "status": TraceStatus(shown["status"])})
