"""A processor in memory, for tests of the operations. It passes the contract that Payroc's adapter passes."""

import threading
from dataclasses import dataclass
from typing import Any

from tollgate.domain.charge import Charge
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import (
    Approved,
    Declined,
    Failure,
    FailureCategory,
    NotAttempted,
    Outcome,
    Unknown,
)

ISSUER_DECLINE = Declined(
    Failure("do_not_honor", FailureCategory.ISSUER_DECLINED, "The card was declined.", retryable=False)
)
REFUSAL = Declined(
    Failure(
        "request_refused",
        FailureCategory.PROCESSOR_ERROR,
        "The processor refused the request.",
        retryable=False,
    )
)
NOT_ATTEMPTED = NotAttempted("could not connect to the processor")
NO_ANSWER = Unknown("the processor didn't answer")
IN_ANOTHER_STATE = Unknown("the processor answered 409")


class LostAnswer:
    """The call takes effect, and comes to `NO_ANSWER` for the caller (scripting that one: no effect)."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What took effect: kind is authorization, sale, capture, reversal or refund; amount in minor units."""

    kind: str
    reference: str
    amount: int


@dataclass
class _Payment:
    amount: int
    captured: int = 0
    refunded: int = 0
    reversed: bool = False


class FakeProcessor:
    """Approves what a processor would; `script` says what the next calls come to instead.

    A used key gives its first answer again for the same call, and `Unknown` for another; an outcome that
    isn't an answer of the processor (`NotAttempted`, `Unknown`) leaves the key as it was.
    """

    def __init__(self) -> None:
        self.effects: list[Effect] = []
        self.calls: list[str] = []
        self._script: list[Outcome | LostAnswer] = []
        self._payments: dict[str, _Payment] = {}
        self._saved: dict[str, tuple[Any, Outcome]] = {}
        self._lock = threading.Lock()

    def script(self, *outcomes: Outcome | LostAnswer) -> None:
        """What the next calls come to, in this order. (`Approved` can't be scripted: it is earned.)"""
        self._script += outcomes

    def authorize(self, account: ProcessorAccount, key: str, charge: Charge) -> Outcome:
        def approve() -> Outcome:
            if charge.amount == 4901:
                return ISSUER_DECLINE
            reference = f"P{len(self._payments) + 1}"
            self._payments[reference] = _Payment(charge.amount, charge.amount if charge.capture else 0)
            kind = "sale" if charge.capture else "authorization"
            return self._took_effect(kind, reference, reference, charge.amount)

        return self._call("authorize", key, (account, charge), approve)

    def capture(self, account: ProcessorAccount, key: str, reference: str, amount: int) -> Outcome:
        def take() -> Outcome:
            payment = self._payments.get(reference)
            if payment is None:
                return REFUSAL
            if payment.reversed or payment.captured == payment.amount:
                return IN_ANOTHER_STATE
            if amount > payment.amount - payment.captured:
                return REFUSAL
            payment.captured += amount
            return self._took_effect("capture", reference, reference, amount)

        return self._call("capture", key, (account, reference, amount), take)

    def void(self, account: ProcessorAccount, key: str, reference: str) -> Outcome:
        def release() -> Outcome:
            payment = self._payments.get(reference)
            if payment is None:
                return REFUSAL
            if payment.reversed or payment.refunded:
                return IN_ANOTHER_STATE
            payment.reversed = True
            return self._took_effect("reversal", reference, reference, payment.amount)

        return self._call("void", key, (account, reference), release)

    def refund(
        self, account: ProcessorAccount, key: str, reference: str, amount: int, description: str
    ) -> Outcome:
        def give_back() -> Outcome:
            payment = self._payments.get(reference)
            if payment is None:
                return REFUSAL
            if payment.reversed or not payment.captured:
                return IN_ANOTHER_STATE
            if amount > payment.captured - payment.refunded:
                return REFUSAL
            payment.refunded += amount
            return self._took_effect("refund", reference, f"R{len(self.effects) + 1}", amount)

        return self._call("refund", key, (account, reference, amount, description), give_back)

    def _took_effect(self, kind: str, reference: str, own_reference: str, amount: int) -> Approved:
        self.effects.append(Effect(kind, reference, amount))
        return Approved(own_reference, amount)

    def _call(self, verb: str, key: str, request: Any, effect: Any) -> Outcome:
        with self._lock:
            self.calls.append(verb)
            scripted = self._script.pop(0) if self._script else None
            if isinstance(scripted, (NotAttempted, Unknown)):
                return scripted
            if key not in self._saved:
                self._saved[key] = ((verb, request), scripted if isinstance(scripted, Declined) else effect())
            first_request, outcome = self._saved[key]
            if first_request != (verb, request):
                return IN_ANOTHER_STATE
            return NO_ANSWER if isinstance(scripted, LostAnswer) else outcome
