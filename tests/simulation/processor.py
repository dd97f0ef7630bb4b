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
from tests.simulation.choices import AUTHORIZE, BOOKS, CALL, Fate
from tests.simulation.lags import Lags
from tests.simulation.world import START, World
from tollgate.domain import budget
from tollgate.domain.charge import Charge
from tollgate.domain.evidence import Trace
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

READ_TIMEOUT = 10_000
LATE = 5_000
VERY_LATE = 100_000
KEYS_KEPT = 7 * 86_400_000

LEAVES_OPEN = {
    *(Fate.LOSE_REQUEST, Fate.LOSE_ANSWER, Fate.LATE, Fate.VERY_LATE),
    *(Fate.CRASH, Fate.CRASH_AFTER),
}
DECLINED_AMOUNT = 4901
"""An amount that the processor always declines."""

NO_ANSWER = Unknown("the processor didn't answer")
KEY_IN_USE = Unknown("the processor answered 409")
NOT_FOUND = Unknown("the processor answered 404")
DECLINED = Declined(
    Failure("do_not_honor", FailureCategory.ISSUER_DECLINED, "The card was declined.", retryable=False)
)
REFUSED = Declined(
    Failure("request_refused", FailureCategory.PROCESSOR_ERROR, "The processor refused.", retryable=False)
)


Act = Callable[[], Outcome]


class SimulatedProcessor:
    """The `Processor` port. Its books lag, it answers late, its batch closes and its authorizations expire as
    `lags` say."""

    def __init__(self, world: World, lags: Lags) -> None:
        self.effects: list[Effect] = []
        self.requests: list[Request] = []
        self.verdicts: list[Verdict] = []
        self.on_the_way: list[Request] = []
        self.unanswered: dict[str, int] = {}
        """When a request under a key was last sent without hearing an answer (milliseconds)."""
        self._world = world
        self._lags = lags
        if lags.expires is not None:
            world.later(START + lags.expires, self._expire)
        self.saved: dict[str, tuple[object, Outcome, int]] = {}
        self._watchers: list[Callable[[Effect], None]] = []
        self._callers: list[Callable[[Request], None]] = []

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

    def answered(self, key: str) -> bool:
        """Whether a key has its answer, which any request under it gets."""
        return key in self.saved

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
            amount = now.kept + now.held
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

    def _call(self, request: Request, body: object, act: Act, partly: Act) -> Outcome:
        for caller in self._callers:
            caller(request)
        self.requests.append(request)
        arrive = partial(self._arrive, request, body)
        fates = AUTHORIZE if request.kind == "authorize" else CALL
        fate = self._world.step(f"processor.{request.kind}", fates)
        if fate in LEAVES_OPEN:
            self.unanswered[request.key] = self._world.now
        if fate in {Fate.CRASH, Fate.CRASH_AFTER}:
            if fate is Fate.CRASH_AFTER:
                arrive(act)
            raise Crash
        if fate in LEAVES_OPEN:
            return self._lost(fate, request, partial(arrive, act))
        return self._answered(fate, request, arrive, act, partly)

    def _lost(self, fate: Fate, request: Request, take: Act) -> Outcome:
        if fate is Fate.LOSE_ANSWER:
            take()
        elif fate is not Fate.LOSE_REQUEST:
            self.on_the_way.append(request)

            def at_last() -> None:
                self.on_the_way.remove(request)
                take()

            delay = LATE if fate is Fate.LATE else VERY_LATE
            self._world.later(self._world.now + READ_TIMEOUT + delay, at_last)
        self._world.sleep(READ_TIMEOUT)
        return NO_ANSWER

    def _answered(
        self, fate: Fate, request: Request, arrive: Callable[[Act], Outcome], act: Act, partly: Act
    ) -> Outcome:
        match fate:
            case Fate.NOT_ATTEMPTED:
                self._world.sleep(budget.CALL)
                return NotAttempted("could not connect")
            case Fate.SLOW:
                self._world.sleep(budget.CALL)
                return arrive(act)
            case Fate.TWICE:
                arrive(act)
                return arrive(act)
            case Fate.PARTLY:
                return arrive(partly)
            case Fate.DECLINE:
                return arrive(partial(self._decline, request))
            case Fate.REFUSE:
                self.verdicts.append(Verdict(request, self._world.now, final=False))
                return REFUSED
            case _:
                outcome = arrive(act)
                if self._lags.processor:
                    self._world.sleep(self._lags.processor)
                return outcome

    def _arrive(self, request: Request, body: object, act: Act) -> Outcome:
        saved = self.saved.get(request.key)
        if saved is None or self._world.now - saved[2] >= KEYS_KEPT:
            saved = self.saved[request.key] = (body, act(), self._world.now)
        return saved[1] if saved[0] == body else KEY_IN_USE

    def _decline(self, request: Request) -> Outcome:
        self.verdicts.append(Verdict(request, self._world.now, final=True))
        return DECLINED

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
