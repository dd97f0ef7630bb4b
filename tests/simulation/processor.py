"""The processor: saved answers, late effects, books that lag, batches that close, authorizations that expire,
and its own list of what took effect.

It refuses only what can't be: a second reversal, one out of a closed batch, a capture of what is no longer
held. No rule of ours may lean on the other side's. A refund in an open batch reverses the whole payment: the
worst that Payroc's documentation allows.
"""

from collections.abc import Callable, Iterator
from functools import partial

from tests.simulation.actors import Crash
from tests.simulation.books import CHARGES, Effect, Request, Verdict, about, state_of, traces
from tests.simulation.choices import BOOKS, Fate
from tests.simulation.lags import Lags
from tests.simulation.line import NO_ANSWER, REFUSED, Line
from tests.simulation.world import START, World
from tollgate.domain.charge import Charge
from tollgate.domain.evidence import Trace
from tollgate.domain.instruction import Capture, Instruction, Refund, Reversal
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import (
    UNMODIFIABLE,
    Approved,
    Declined,
    Outcome,
    Unknown,
)

DECLINED_AMOUNT = 4901
"""An amount that the processor always declines."""

NOT_FOUND = Unknown("the processor answered 404")


class SimulatedProcessor(Line):
    """The `Processor` port. Its books lag, it answers late, its batch closes and its authorizations expire as
    `lags` say."""

    def __init__(self, world: World, lags: Lags) -> None:
        super().__init__(world, lags.processor)
        self.effects: list[Effect] = []
        self._lags = lags
        if lags.expires is not None:
            world.later(START + lags.expires, self._expire)
        self._watchers: list[Callable[[Effect], None]] = []

    def watch(self, effects: Callable[[Effect], None], requests: Callable[[Request], None]) -> None:
        """Have every effect and every request told."""
        self._watchers.append(effects)
        self._callers.append(requests)

    def send(self, account: ProcessorAccount, key: str, instruction: Instruction) -> Outcome:
        match instruction:
            case Charge():
                return self._authorize(key, instruction)
            case Capture():
                return self._later("capture", key, instruction)
            case Reversal():
                return self._later("partial reversal" if instruction.part else "reversal", key, instruction)
            case Refund():
                return self._later("refund", key, instruction)

    def _authorize(self, key: str, charge: Charge) -> Outcome:
        request = Request("authorize", charge.order_id, key)
        kind = "sale" if charge.capture else "authorization"

        def take(amount: int) -> Outcome:
            if charge.amount == DECLINED_AMOUNT:
                return self._decline(request)
            reference = f"P{len(self.effects) + 1}"
            return self._effect(
                kind, charge.order_id, reference, amount, charge.currency, key, charge.description or ""
            )

        partly = partial(take, charge.amount * 6 // 10)
        return self._call(request, charge, partial(take, charge.amount), partly)

    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        self._callers[0](Request("find", order_id, ""))
        match self._world.step("processor.find", BOOKS):
            case Fate.FAIL:
                return NO_ANSWER
            case Fate.CRASH:
                raise Crash
            case _:
                return self.books(order_id)

    def look(self, account: ProcessorAccount, reference: str) -> Trace | Unknown:
        charge = self._charge(reference)
        found = self.find(account, charge.order_id if charge else "")
        if isinstance(found, Unknown):
            return found
        return next((trace for trace in found if trace.reference == reference), NOT_FOUND)

    def refund_text(self, account: ProcessorAccount, reference: str) -> str | Unknown:
        refund = next((each for each in self.effects if each.reference == reference), None)
        found = self.find(account, refund.order_id if refund else "")
        return found if isinstance(found, Unknown) else refund.about if refund else NOT_FOUND

    def listed(self, account: ProcessorAccount, since: int, until: int) -> Iterator[Trace]:
        """For reconciliation, which reads and changes nothing: it takes no steps."""
        orders = dict.fromkeys(each.order_id for each in self.effects)
        found = (trace for order_id in orders for trace in self.books(order_id))
        return (trace for trace in found if since <= trace.at < until)

    def books(self, order_id: str) -> tuple[Trace, ...]:
        """What the books show of an order by now."""
        until = self._world.now - self._lags.books
        return traces(order_id, self.effects, self.verdicts, until, settled=self.batch_closed(until))

    def batch_closed(self, at: int) -> bool:
        """Whether the batch has closed by then (milliseconds)."""
        return self._lags.closes is not None and START + self._lags.closes <= at

    def _expire(self) -> None:
        """Nobody asks for it, nor is told."""
        for charge in [each for each in self.effects if each.kind == "authorization"]:
            now = state_of(self._on(charge.reference))
            if now and now.held:
                expiry = ("expiry", charge.order_id, charge.reference, now.held, charge.currency, "", "")
                self.effects.append(Effect(*expiry, self._world.now))

    def _later(self, kind: str, key: str, asked: Capture | Reversal | Refund) -> Outcome:
        charge = self._charge(asked.reference)
        if charge is None:
            return REFUSED
        request = Request(kind, charge.order_id, key)
        take = partial(self._take, request, asked, charge)
        return self._call(request, asked, take, take)

    def _take(self, request: Request, asked: Capture | Reversal | Refund, charge: Effect) -> Outcome:
        now = state_of(self._on(charge.reference))
        assert now is not None
        closed = self.batch_closed(self._world.now) and now.taken
        kind, amount, reference = request.kind, asked.amount, charge.reference
        if isinstance(asked, Refund) and not closed:
            kind, amount = "reversal", now.kept
        elif isinstance(asked, Reversal) and not asked.part:
            amount = now.kept or now.held  # after a capture, the money that goes back; else what was held
        held = now.held if kind == "capture" else now.kept + now.held
        over = now.reversed or (now.expired and not now.taken)
        if over or not held or (closed and isinstance(asked, Reversal)):
            self.verdicts.append(Verdict(request, self._world.now, final=False))
            return Declined(UNMODIFIABLE)
        if kind == "refund":
            reference = f"{reference}/R{len(self.effects)}"
        text = asked.description if isinstance(asked, Refund) else ""
        self._effect(kind, charge.order_id, reference, amount, charge.currency, request.key, text)
        return Approved(reference, asked.amount)

    def _on(self, reference: str) -> list[Effect]:
        return [each for each in self.effects if about(each) == reference]

    def _effect(
        self, kind: str, order_id: str, reference: str, amount: int, currency: str, key: str, about: str
    ) -> Approved:
        effect = Effect(kind, order_id, reference, amount, currency, key, about, self._world.now)
        self.effects.append(effect)
        for watcher in self._watchers:
            watcher(effect)
        return Approved(reference, amount)

    def _charge(self, reference: str) -> Effect | None:
        return next((e for e in self.effects if e.reference == reference and e.kind in CHARGES), None)
