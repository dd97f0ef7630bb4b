"""What becomes of a request on its way to the processor and of the answer on its way back: keys that remember
their answers, requests that get lost, arrive late or twice, and answers that nobody hears."""

from collections.abc import Callable
from functools import partial

from tests.simulation.actors import Crash
from tests.simulation.books import Request, Verdict
from tests.simulation.choices import AUTHORIZE, CALL, Fate
from tests.simulation.world import World
from tollgate.domain import budget
from tollgate.domain.outcome import Declined, Failure, FailureCategory, NotAttempted, Outcome, Unknown

READ_TIMEOUT = 10_000
LATE = 5_000
VERY_LATE = 100_000
KEYS_KEPT = 7 * 86_400_000

LEAVES_OPEN = {
    *(Fate.LOSE_REQUEST, Fate.LOSE_ANSWER, Fate.LATE, Fate.VERY_LATE),
    *(Fate.CRASH, Fate.CRASH_AFTER),
}
NO_ANSWER = Unknown("the processor didn't answer")
KEY_IN_USE = Unknown("the processor answered 409")
DECLINED = Declined(
    Failure("do_not_honor", FailureCategory.ISSUER_DECLINED, "The card was declined.", retryable=False)
)
REFUSED = Declined(
    Failure("request_refused", FailureCategory.PROCESSOR_ERROR, "The processor refused.", retryable=False)
)

Act = Callable[[], Outcome]


class Line:
    """The way to the processor. `answers_after`: so many milliseconds it takes for an answer.

    `requests`, `verdicts`: what was asked, and the processor's noes; `unanswered`: when a request under a key
    was last sent without hearing an answer (milliseconds); `saved`: what each key was answered.
    """

    def __init__(self, world: World, answers_after: int) -> None:
        self.requests: list[Request] = []
        self.verdicts: list[Verdict] = []
        self.on_the_way: list[Request] = []
        self.unanswered: dict[str, int] = {}
        self.saved: dict[str, tuple[object, Outcome, int]] = {}
        self._world = world
        self._answers_after = answers_after
        self._callers: list[Callable[[Request], None]] = []

    def answered(self, key: str) -> bool:
        """Whether a key has its answer, which any request under it gets."""
        return key in self.saved

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
                if self._answers_after:
                    self._world.sleep(self._answers_after)
                return outcome

    def _arrive(self, request: Request, body: object, act: Act) -> Outcome:
        saved = self.saved.get(request.key)
        if saved is None or self._world.now - saved[2] >= KEYS_KEPT:
            saved = self.saved[request.key] = (body, act(), self._world.now)
        return saved[1] if saved[0] == body else KEY_IN_USE

    def _decline(self, request: Request) -> Outcome:
        self.verdicts.append(Verdict(request, self._world.now, final=True))
        return DECLINED
