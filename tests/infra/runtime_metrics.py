"""What the runtime emits, by having it emit everything once."""

import io
from collections.abc import Iterator
from contextlib import redirect_stdout

from tests.contract.processor.fake import ISSUER_DECLINE, NO_ANSWER, NOT_ATTEMPTED, REFUSAL, FakeProcessor
from tests.contract.processor.scene import ACCOUNT, charge, new_key
from tests.emitted import Emitted, emitted
from tests.examples import NOW, operation, payment
from tollgate import telemetry
from tollgate.adapters.circuit_breaker import CircuitBreaker
from tollgate.adapters.measured_calls import measured
from tollgate.adapters.wrapped_processor import WrappedProcessor
from tollgate.domain.conclusion import Conclusion, conclusions
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import Approved
from tollgate.domain.payment import CaptureMethod, Payment
from tollgate.domain.reconciliation import DifferenceKind
from tollgate.operations.deliver import Came as Delivered
from tollgate.operations.follow_up import Came

FAILURE = ValueError("x")


def everything_emitted() -> list[Emitted]:
    """A value of every metric with every combination of dimensions that alarms may rely on."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        _about_requests()
        _about_the_processor()
        _about_operations()
        _about_events()
        _about_the_rest()
    return emitted(printed.getvalue())


def _about_requests() -> None:
    telemetry.failed(FAILURE, "req-1")
    telemetry.payment_gone("pay_one", "pay_one")
    telemetry.admitted("cli_one", "req-1")
    telemetry.unauthorized("expired", "req-1")
    telemetry.not_authorized(FAILURE, "req-1")


def _about_the_processor() -> None:
    for outcome in (ISSUER_DECLINE, REFUSAL, NOT_ATTEMPTED, NO_ANSWER):
        fake = FakeProcessor()
        fake.script(outcome)
        breaker = CircuitBreaker(failures=1, monotonic=lambda: 0.0)
        processor = WrappedProcessor(WrappedProcessor(fake, breaker), measured)
        for _ in range(2):
            processor.send(ACCOUNT, new_key(), charge())


def _about_operations() -> None:
    for conclusion in _conclusions():
        telemetry.concluded(conclusion.operation, conclusion.outcome, conclusion.amount, conclusion.currency)


def _conclusions() -> Iterator[Conclusion]:
    for method in CaptureMethod:
        before = payment(capture_method=method)
        approved = before.settled(Approved("M1", 10_000), NOW)
        yield from _outcomes(before)
        for kind in (Kind.CAPTURE, Kind.VOID, Kind.REFUND):
            yield from _outcomes(approved.begun(operation(kind, "op_1", 5)))


def _outcomes(before: Payment) -> Iterator[Conclusion]:
    for outcome in (Approved("M1", 1), ISSUER_DECLINE, REFUSAL):
        yield from conclusions(before, before.settled(outcome, NOW))


def _about_events() -> None:
    telemetry.published(2, 1)
    telemetry.not_published(FAILURE, "pay_one")
    telemetry.deliveries_queued(1, 5)
    for came in Delivered:
        telemetry.delivered("dlv_one", came.value)


def _about_the_rest() -> None:
    for came in Came:
        telemetry.followed_up("pay_one", "msg-1", came, 5 if came is Came.STILL_OPEN else None)
    telemetry.not_followed_up(FAILURE, "msg-1")
    telemetry.swept(1, 1, 5)
    telemetry.projected(1)
    telemetry.not_projected(FAILURE, "e1")
    telemetry.not_audited(FAILURE, "req-1")
    telemetry.reconciled(dict.fromkeys(DifferenceKind, 1), 1, 1, "req-1")
