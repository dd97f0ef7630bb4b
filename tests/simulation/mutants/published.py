"""Bugs that others have published."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from typing import Any

from msgspec import UNSET, Struct, UnsetType

from tests.simulation.mutants.swapped import FAILED, swapped
from tollgate.domain.audit import Exchange
from tollgate.domain.follow_up import FollowUpRules
from tollgate.domain.identifiers import attempt_key
from tollgate.domain.operation import Operation
from tollgate.domain.outcome import Known, PartlyApproved
from tollgate.domain.payment import Payment
from tollgate.handlers import refunds as refund_routes
from tollgate.operations import (
    create_payment,
    execution,
    follow_up,
    gather_evidence,
    perform,
    refund_payment,
)
from tollgate.operations.create_payment import PaymentRequest
from tollgate.operations.execution import RACES, Ports, stored_again
from tollgate.operations.gather_evidence import CardSource
from tollgate.operations.perform import Step


@contextmanager
def refund_checked_before_the_race() -> Iterator[None]:
    def checked_once(id: str, begin: Callable[..., Operation], *rest: Any) -> Step:
        begun: list[Operation] = []

        def begin_once(payment: Payment, now: int) -> Operation:
            begun.append(begun[0] if begun else begin(payment, now))
            return begun[0]

        return Step(id, begin_once, *rest)

    with swapped((refund_payment, "Step", checked_once)):
        yield


class AnyRefund(Struct, forbid_unknown_fields=True):
    amount: int | UnsetType = UNSET
    reason: str | UnsetType = UNSET


@contextmanager
def negative_refund() -> Iterator[None]:
    with swapped((refund_routes, "CreateRefund", AnyRefund)):
        yield


@contextmanager
def last_writer_wins() -> Iterator[None]:
    def store(
        payment: Payment,
        outcome: Known | PartlyApproved,
        ports: Ports,
        by: Exchange | None = None,
        since: int | None = None,
    ) -> Payment:
        for _ in range(RACES):
            known = execution._changed(payment, outcome, ports, by, since)
            if ports.payments.save(known):
                return known
            payment = stored_again(payment, ports) or payment
        return payment

    with swapped((execution, "store", store), (follow_up, "store", store)):
        yield


@contextmanager
def absence_counts_at_once() -> Iterator[None]:
    with swapped((FollowUpRules, "absence_counts", lambda *_: True)):
        yield


@contextmanager
def fresh_key_for_each_send() -> Iterator[None]:
    numbers = count()

    def fresh(operation_id: str, started_at: int) -> str:
        return attempt_key(f"{operation_id}.{next(numbers)}", started_at)

    with swapped((gather_evidence, "attempt_key", fresh)):
        yield


@contextmanager
def timeout_is_failure() -> Iterator[None]:
    def failed(self: Payment, _outcome: object, now: int, *_: object) -> Payment:
        return self.settled(FAILED, now)

    with swapped((Payment, "unsettled", failed)):
        yield


@contextmanager
def no_lock() -> Iterator[None]:
    with swapped((Operation, "leased", lambda *_: False)):
        yield


@contextmanager
def unknown_is_passed_over() -> Iterator[None]:
    def assume_failed(payment: Payment, _by: Exchange, _ports: Ports, _cards: CardSource | None) -> Payment:
        return replace(payment.settled(FAILED, payment.latest.started_at), version=payment.version)

    with swapped((perform, "resolve", assume_failed)):
        yield


@contextmanager
def run_again_after_timeout() -> Iterator[None]:
    original = create_payment._looked_up

    def looked_up(request: PaymentRequest, merchant_id: str, ports: Ports) -> Payment | None:
        known = original(request, merchant_id, ports)
        if known and not known.latest.resolved and not known.latest.leased(ports.clock.now()):
            ports.payments.withdraw(known)
            return None
        return known

    with swapped((create_payment, "_looked_up", looked_up)):
        yield


@contextmanager
def stuck_in_progress() -> Iterator[None]:
    def due(self: Payment) -> int | None:
        return self.latest.due_at if self.latest.pending and self.latest.outcome else None

    with swapped((Payment, "follow_up_at", property(due))):
        yield
