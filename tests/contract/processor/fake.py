"""A processor in memory, for tests of the operations. It passes the contract that Payroc's adapter passes."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

from tests.contract.processor.booked import Booked
from tollgate.domain.charge import Charge
from tollgate.domain.evidence import RefundEntry, Trace
from tollgate.domain.instruction import Capture, Instruction, Refund, Reversal
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import (
    UNMODIFIABLE,
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
KEY_IN_USE = Unknown("the processor answered 409")
CANNOT_BE_MODIFIED = Declined(UNMODIFIABLE)
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


class FakeProcessor:
    """Approves what a processor would; `script` says what the next calls come to.

    A used key gives its first answer again for the same call, and `Unknown` for another; an outcome that
    isn't an answer of the processor (`NotAttempted`, `Unknown`) leaves the key as it was. Look-ups aren't
    scripted: while `books_lag`, they miss what has taken effect since it was set; while `books_closed`,
    they fail. `holds`: the next sale is held out of settlement. `now` gives milliseconds, UTC.
    """

    def __init__(self, now: Callable[[], int] | None = None) -> None:
        self.effects: list[Effect] = []
        self.calls: list[str] = []
        self.books_lag = False
        self.books_closed = False
        self.holds = False
        self._now = now or count(_SOME_DAY).__next__
        self._script: list[Outcome | LostAnswer | Half] = []
        self._payments: dict[str, Booked] = {}
        self._shown: list[tuple[tuple[str, str], Trace]] = []
        self._saved: dict[str, tuple[Any, Outcome]] = {}
        self._lock = threading.Lock()

    def script(self, *outcomes: Outcome | LostAnswer | Half) -> None:
        """What the next calls come to, in this order. (`Approved` can't be scripted: it is earned.)"""
        self._script += outcomes

    def send(self, account: ProcessorAccount, key: str, instruction: Instruction) -> Outcome:
        match instruction:
            case Charge() as charge:
                return self._authorize(account, key, charge)
            case Capture():
                verb, effect = "capture", partial(self._capture, instruction)
            case Reversal():
                verb, effect = "reverse", partial(self._reverse, instruction)
            case Refund():
                verb, effect = "refund", partial(self._refund, instruction)
        return self._call(verb, key, (account, instruction), effect)

    def _authorize(self, account: ProcessorAccount, key: str, charge: Charge) -> Outcome:
        def approve(authorized: int) -> Outcome:
            if charge.amount == 4901:
                return ISSUER_DECLINE
            payment = self._enter(account, charge, authorized)
            payment.held, self.holds = self.holds and charge.capture, False
            payment.captured = authorized if charge.capture and not payment.held else 0
            kind = "sale" if payment.captured else "authorization"
            effect = self._took_effect(kind, payment.reference, payment.reference, authorized)
            return Unknown("the processor's result is not understood") if payment.held else effect

        return self._call(
            "authorize",
            key,
            (account, charge),
            lambda: approve(charge.amount),
            on_decline=lambda: self._enter(account, charge, 0),
            in_part=lambda: approve(charge.amount // 2),
        )

    def _capture(self, capture: Capture) -> Outcome:
        payment, amount = self._payments.get(capture.reference), capture.amount
        if payment is None:
            return REFUSAL
        if not payment.capturable:
            return CANNOT_BE_MODIFIED
        if amount > payment.capturable:
            return REFUSAL
        payment.captured += amount
        return self._took_effect("capture", payment.reference, payment.reference, amount)

    def _reverse(self, reversal: Reversal) -> Outcome:
        payment = self._payments.get(reversal.reference)
        amount = reversal.amount if reversal.part else None
        if payment is None:
            return REFUSAL
        if not payment.reversible and not payment.partly_reversible:
            return CANNOT_BE_MODIFIED
        if amount is None and not payment.reversible:
            return CANNOT_BE_MODIFIED
        if amount in (None, payment.reversible):
            amount, payment.reversed = payment.reversible, True
        elif amount > payment.partly_reversible:
            return REFUSAL
        else:
            payment.take_back(amount)
        return self._took_effect("reversal", payment.reference, payment.reference, amount)

    def _refund(self, refund: Refund) -> Outcome:
        """In an open batch the payment is reversed instead."""
        payment = self._payments.get(refund.reference)
        if payment is None:
            return REFUSAL
        if not payment.taken:
            return CANNOT_BE_MODIFIED
        if refund.amount > payment.refundable:
            return REFUSAL
        if refund.amount <= payment.in_open_batch:
            payment.take_back(refund.amount)
            return self._took_effect("reversal", refund.reference, refund.reference, refund.amount)
        own = self.enter_refund(refund.reference, refund.amount, refund.description)
        return self._took_effect("refund", refund.reference, own, refund.amount)

    def enter_refund(self, reference: str, amount: int, description: str) -> str:
        """A refund's entry in the books: its id. By itself, it is one that was made elsewhere."""
        payment = self._payments[reference]
        entry = RefundEntry(f"R{len(self.effects) + 1}{len(payment.refunds)}", amount, self._now(), True)
        payment.refunds.append(entry)
        payment.texts[entry.reference] = description
        return entry.reference

    def close_batch(self) -> None:
        """What was ready is settled."""
        for payment in self._payments.values():
            payment.settle()

    def expire(self, reference: str) -> None:
        """The issuer no longer holds what isn't captured of an authorization."""
        self._payments[reference].expired = True

    def reverse_elsewhere(self, reference: str) -> None:
        """Somebody reverses a payment in the processor's portal."""
        self._payments[reference].reversed = True

    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        self.calls.append("find")
        if self.books_closed:
            return NO_ANSWER
        return tuple(trace for trace in self._books(account) if trace.order_id == order_id)

    def look(self, account: ProcessorAccount, reference: str) -> Trace | Unknown:
        self.calls.append("look")
        if self.books_closed:
            return NO_ANSWER
        found = (trace for trace in self._books(account) if trace.reference == reference)
        return next(found, Unknown("the processor answered 404"))

    def refund_text(self, account: ProcessorAccount, reference: str) -> str | Unknown:
        self.calls.append("refund_text")
        texts = {name: text for payment in self._payments.values() for name, text in payment.texts.items()}
        return NO_ANSWER if self.books_closed else texts.get(reference, Unknown("the processor answered 404"))

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

    def _enter(self, account: ProcessorAccount, charge: Charge, authorized: int) -> Booked:
        reference = f"P{len(self._payments) + 1}"
        terminal = (account.account, account.terminal)
        payment = Booked(
            terminal,
            reference,
            charge.order_id,
            charge.currency,
            self._now(),
            authorized,
            sale=charge.capture,
        )
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
                return KEY_IN_USE
            return NO_ANSWER if isinstance(scripted, LostAnswer) else outcome
