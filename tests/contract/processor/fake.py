"""A processor in memory, for tests of the operations. It passes the contract that Payroc's adapter passes."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from tollgate.domain.charge import Charge
from tollgate.domain.evidence import Trace, TraceStatus
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
from tollgate.ports import BooksUnavailable

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
_ISSUERS = frozenset(FailureCategory) - {FailureCategory.PROCESSOR_ERROR}
_SOME_DAY = 1_767_225_600_000


class LostAnswer:
    """The call takes effect, and comes to `NO_ANSWER` for the caller (scripting that one: no effect)."""

    def __repr__(self) -> str:
        return "LostAnswer()"


class Half:
    """The charge is approved for half, rounded down."""

    def __repr__(self) -> str:
        return "Half()"


@dataclass(frozen=True, slots=True)
class Effect:
    """What took effect: kind is authorization, sale, capture, reversal or refund; amount in minor units."""

    kind: str
    reference: str
    amount: int


@dataclass
class _Payment:
    """`authorized` is 0 for a declined one."""

    terminal: tuple[str, str]
    reference: str
    order_id: str
    currency: str
    at: int
    authorized: int
    captured: int = 0
    refunded: int = 0
    reversed: bool = False
    expired: bool = False

    @property
    def trace(self) -> Trace:
        status = TraceStatus.REVERSED if self.reversed else TraceStatus.APPROVED
        if self.expired:
            status = TraceStatus.EXPIRED
        return Trace(
            reference=self.reference,
            order_id=self.order_id,
            status=status if self.authorized else TraceStatus.DECLINED,
            authorized=self.authorized,
            captured=0 if self.reversed else self.captured,
            refunded=self.refunded,
            currency=self.currency,
            at=self.at,
        )


class FakeProcessor:
    """Approves what a processor would; `script` says what the next calls come to.

    A used key gives its first answer again for the same call, and `Unknown` for another; an outcome that
    isn't an answer of the processor (`NotAttempted`, `Unknown`) leaves the key as it was. Look-ups aren't
    scripted: while `books_lag`, they miss what has taken effect since it was set; while `books_closed`,
    they fail. `now` gives milliseconds, UTC.
    """

    def __init__(self, now: Callable[[], int] | None = None) -> None:
        self.effects: list[Effect] = []
        self.calls: list[str] = []
        self.books_lag = False
        self.books_closed = False
        self._now = now or count(_SOME_DAY).__next__
        self._script: list[Outcome | LostAnswer | Half] = []
        self._payments: dict[str, _Payment] = {}
        self._shown: list[tuple[tuple[str, str], Trace]] = []
        self._saved: dict[str, tuple[Any, Outcome]] = {}
        self._lock = threading.Lock()

    def script(self, *outcomes: Outcome | LostAnswer | Half) -> None:
        """What the next calls come to, in this order. (`Approved` can't be scripted: it is earned.)"""
        self._script += outcomes

    def authorize(self, account: ProcessorAccount, key: str, charge: Charge) -> Outcome:
        def approve(authorized: int) -> Outcome:
            if charge.amount == 4901:
                return ISSUER_DECLINE
            payment = self._enter(account, charge, authorized)
            payment.captured = authorized if charge.capture else 0
            kind = "sale" if charge.capture else "authorization"
            return self._took_effect(kind, payment.reference, payment.reference, authorized)

        return self._call(
            "authorize",
            key,
            (account, charge),
            lambda: approve(charge.amount),
            on_decline=lambda: self._enter(account, charge, 0),
            in_part=lambda: approve(charge.amount // 2),
        )

    def capture(self, account: ProcessorAccount, key: str, reference: str, amount: int) -> Outcome:
        def take() -> Outcome:
            payment = self._payments.get(reference)
            if payment is None:
                return REFUSAL
            if payment.reversed or payment.expired or payment.captured == payment.authorized:
                return IN_ANOTHER_STATE
            if amount > payment.authorized - payment.captured:
                return REFUSAL
            payment.captured += amount
            return self._took_effect("capture", reference, reference, amount)

        return self._call("capture", key, (account, reference, amount), take)

    def void(self, account: ProcessorAccount, key: str, reference: str) -> Outcome:
        def release() -> Outcome:
            payment = self._payments.get(reference)
            if payment is None:
                return REFUSAL
            if payment.reversed or payment.expired or payment.refunded or not payment.authorized:
                return IN_ANOTHER_STATE
            payment.reversed = True
            return self._took_effect("reversal", reference, reference, payment.authorized)

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

    def expire(self, reference: str) -> None:
        """The issuer no longer holds the amount of an authorization."""
        self._payments[reference].expired = True

    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        self.calls.append("find")
        if self.books_closed:
            return NO_ANSWER
        return tuple(trace for trace in self._books(account) if trace.order_id == order_id)

    def listed(self, account: ProcessorAccount, since: int, until: int) -> Iterator[Trace]:
        self.calls.append("listed")
        if self.books_closed:
            raise BooksUnavailable(NO_ANSWER.reason)
        yield from (trace for trace in self._books(account) if since <= trace.at < until)

    def _books(self, account: ProcessorAccount) -> list[Trace]:
        """The account's payments as look-ups see them, oldest first."""
        with self._lock:
            self._show()
            terminal = (account.account, account.terminal)
            return [trace for owner, trace in self._shown if owner == terminal]

    def _show(self) -> None:
        if not self.books_lag:
            self._shown = [(payment.terminal, payment.trace) for payment in self._payments.values()]

    def _enter(self, account: ProcessorAccount, charge: Charge, authorized: int) -> _Payment:
        reference = f"P{len(self._payments) + 1}"
        terminal = (account.account, account.terminal)
        payment = _Payment(terminal, reference, charge.order_id, charge.currency, self._now(), authorized)
        self._payments[reference] = payment
        return payment

    def _took_effect(self, kind: str, reference: str, own_reference: str, amount: int) -> Approved:
        self.effects.append(Effect(kind, reference, amount))
        return Approved(own_reference, amount)

    def _call(
        self,
        verb: str,
        key: str,
        request: Any,
        effect: Callable[[], Outcome],
        on_decline: Callable[[], object] = lambda: None,
        in_part: Callable[[], Outcome] | None = None,
    ) -> Outcome:
        """`on_decline` enters a decline in the books; a refusal isn't one. `in_part`: the effect of half."""
        with self._lock:
            self.calls.append(verb)
            scripted = self._script.pop(0) if self._script else None
            if isinstance(scripted, (NotAttempted, Unknown)):
                return scripted
            if isinstance(scripted, Half) and in_part:
                effect = in_part
            if key not in self._saved:
                outcome = scripted if isinstance(scripted, Declined) else effect()
                if isinstance(outcome, Declined) and outcome.failure.category in _ISSUERS:
                    on_decline()
                self._saved[key] = ((verb, request), outcome)
                self._show()
            first_request, outcome = self._saved[key]
            if first_request != (verb, request):
                return IN_ANOTHER_STATE
            return NO_ANSWER if isinstance(scripted, LostAnswer) else outcome
