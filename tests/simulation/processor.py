"""The processor: saved answers, late effects, books that lag, and its own list of what took effect.

But for a second reversal it refuses nothing by itself: no rule of ours may lean on the other side's.
"""

from collections.abc import Callable, Iterator
from functools import partial

from tests.simulation.actors import Crash
from tests.simulation.books import CHARGES, Effect, Request, Verdict, traces
from tests.simulation.choices import AUTHORIZE, BOOKS, CALL, Fate
from tests.simulation.world import World
from tollgate.domain import budget
from tollgate.domain.charge import Charge
from tollgate.domain.evidence import Trace
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
KEY_IN_USE = CANNOT_BE_MODIFIED = Unknown("the processor answered 409")
DECLINED = Declined(
    Failure("do_not_honor", FailureCategory.ISSUER_DECLINED, "The card was declined.", retryable=False)
)
REFUSED = Declined(
    Failure("request_refused", FailureCategory.PROCESSOR_ERROR, "The processor refused.", retryable=False)
)


Act = Callable[[], Outcome]


class SimulatedProcessor:
    """The `Processor` port. `lag`: milliseconds until the books show what took effect; `takes`: until it
    answers, when nothing is wrong."""

    def __init__(self, world: World, lag: int, takes: int = 0) -> None:
        self.effects: list[Effect] = []
        self.requests: list[Request] = []
        self.verdicts: list[Verdict] = []
        self.on_the_way: list[Request] = []
        self.unanswered: dict[str, int] = {}
        """When a request under a key was last sent without hearing an answer (milliseconds)."""
        self._world = world
        self._lag = lag
        self._takes = takes
        self.saved: dict[str, tuple[object, Outcome, int]] = {}
        self._watchers: list[Callable[[Effect], None]] = []
        self._callers: list[Callable[[Request], None]] = []

    def watch(self, effects: Callable[[Effect], None], requests: Callable[[Request], None]) -> None:
        """Have every effect and every request told."""
        self._watchers.append(effects)
        self._callers.append(requests)

    def authorize(self, account: ProcessorAccount, key: str, charge: Charge) -> Outcome:
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

    def capture(self, account: ProcessorAccount, key: str, reference: str, amount: int) -> Outcome:
        return self._later("capture", key, reference, amount, "")

    def void(self, account: ProcessorAccount, key: str, reference: str) -> Outcome:
        charge = self._charge(reference)
        return self._later("reversal", key, reference, charge.amount if charge else 0, "")

    def refund(
        self, account: ProcessorAccount, key: str, reference: str, amount: int, description: str
    ) -> Outcome:
        return self._later("refund", key, reference, amount, description)

    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        self._callers[0](Request("find", order_id, ""))
        match self._world.step("processor.find", BOOKS):
            case Fate.FAIL:
                return NO_ANSWER
            case Fate.CRASH:
                raise Crash
            case _:
                return self.books(order_id)

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
        return traces(order_id, self.effects, self.verdicts, self._world.now - self._lag)

    def _later(self, kind: str, key: str, reference: str, amount: int, about: str) -> Outcome:
        charge = self._charge(reference)
        if charge is None:
            return REFUSED

        def take() -> Outcome:
            if kind == "reversal" and any(e.reference == reference and e.kind == kind for e in self.effects):
                return CANNOT_BE_MODIFIED
            self._effect(kind, charge.order_id, reference, amount, charge.currency, key, about)
            return Approved(f"R{len(self.effects)}" if kind == "refund" else reference, amount)

        return self._call(Request(kind, charge.order_id, key), (kind, reference, amount, about), take, take)

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
                if self._takes:
                    self._world.sleep(self._takes)
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
