"""One world: its time, its actors, and the steps they take."""

import heapq
from collections.abc import Callable
from itertools import count
from typing import Any, Protocol

from tests.simulation.actors import Actor, Crash, Turns
from tests.simulation.choices import Chooser, Fate, Step, Switch

START = 1_800_000_000_000


class Violation(Exception):
    """Something is wrong that may never be. `invariant`: its name."""

    def __init__(self, invariant: str, detail: str) -> None:
        super().__init__(f"{invariant}: {detail}")
        self.invariant = invariant
        self.detail = detail


class Background(Protocol):
    """Functions that nobody calls: they run when there is something for them."""

    def ready(self) -> Actor | None:
        """A new invocation, if there is reason for one now."""
        ...

    def next_at(self) -> int | None:
        """When there may be reason for one next, if nothing else happens (milliseconds)."""
        ...

    def overtakers(self) -> list[str]:
        """Names of invocations that could run before anything else does."""
        ...

    def start(self, name: str) -> Actor:
        """One of `overtakers()`, started."""
        ...


class World:
    """Time passes in sleep, and by `tick` milliseconds a step.

    `ends_at`: when everything has to be done (milliseconds).
    """

    def __init__(self, chooser: Chooser, ends_at: int, tick: int) -> None:
        self.now = START
        self.steps = 0
        self.ends_at = ends_at
        self.violation: Violation | None = None
        self.background: Background | None = None
        self.at_boundary: Callable[[], bool] = lambda: False
        """Called when a function begins while no other is at work: all state is in the stores then. True: the
        future is known, and the world may end here."""
        self.cut = False
        self._tick = tick
        self._chooser = chooser
        self._actors: list[Actor] = []
        self._first: Actor | None = None
        self._events: list[tuple[int, int, Callable[[], None]]] = []
        self._order = count()
        self._turns = Turns(self._next)
        self._running = False

    @property
    def over(self) -> bool:
        """Whether it ends before everything is done."""
        return self.cut or self.violation is not None

    def add(self, actor: Actor) -> None:
        self._actors.append(actor)

    def later(self, at: int, event: Callable[[], None]) -> None:
        """Let something happen at a time, whoever runs then."""
        heapq.heappush(self._events, (at, next(self._order), event))

    def run(self) -> None:
        """Until nobody has anything left to do, or something is wrong. Raises `Violation`."""
        self._running = True
        self._turns.run()
        self._running = False
        if self.violation:
            raise self.violation

    def wrong(self, invariant: str, detail: str) -> None:
        """Something is wrong: whoever runs dies at the next step, and the world ends."""
        if not self._running:
            raise Violation(invariant, detail)
        self.violation = self.violation or Violation(invariant, detail)

    def step(self, call: str, fates: tuple[Fate, ...]) -> Fate:
        """The fate of a call that the current actor is about to make. Raises `Crash` if it dies here."""
        actor = self._turns.current
        if not self._running or actor is None:
            return Fate.OK
        if actor.begins:
            actor.begins = False
            if not any(each.deadline is not None for each in self._actors if each is not actor):
                self.cut = self.at_boundary()
        while True:
            self.pass_time(self._tick)
            self._die_if_over(actor)
            self.steps += 1
            step = Step(self.steps, self.now, actor.name, call, fates, self._overtakers(actor))
            choice = self._chooser.choose(step)
            if not isinstance(choice, Switch):
                return choice
            self._let(choice.to)
            self._turns.give_way()

    def sleep(self, milliseconds: int) -> None:
        """The current actor waits for something outside; the others go on."""
        actor = self._turns.current
        if not self._running or actor is None:
            return
        actor.wake_at = self.now + milliseconds
        self._turns.give_way()
        self._die_if_over(actor)

    def invoke(self, seconds: int, function: Callable[[], Any]) -> Any:
        """What a function answers that has so much time, or None if it dies."""
        actor = self._turns.current
        if actor is None or not self._running:
            return function()
        actor.deadline, actor.begins = self.now + seconds * 1000, True
        try:
            return function()
        except Crash:
            if self.over:
                raise
            return None
        finally:
            actor.deadline = None

    def waiting(self) -> list[tuple[str, int]]:
        """Who has something left to do, from when on; and what happens by itself."""
        here = [(each.name, max(0, each.wake_at - self.now)) for each in self._actors if not each.done]
        return [*here, *(("", at - self.now) for at, _, _ in sorted(self._events)[:9])]

    def remaining(self) -> int:
        """Milliseconds left to the current actor's function."""
        actor = self._turns.current
        return 0 if actor is None or actor.deadline is None else actor.deadline - self.now

    def pass_time(self, milliseconds: int) -> None:
        self.now += milliseconds
        while self._events and self._events[0][0] <= self.now:
            heapq.heappop(self._events)[2]()

    def _die_if_over(self, actor: Actor) -> None:
        if self.over or (actor.deadline is not None and self.now > actor.deadline):
            raise Crash

    def _overtakers(self, actor: Actor) -> tuple[str, ...]:
        coming = [each for each in self._actors if each.on_its_way and each.wake_at > self.now]
        ready = [each.name for each in (*self._ready(), *coming) if each is not actor]
        return (*ready, *(self.background.overtakers() if self.background else ()))

    def _let(self, name: str) -> None:
        known = next((each for each in self._actors if each.name == name), None)
        if known is None:
            assert self.background
            known = self.background.start(name)
            self.add(known)
        self._first = known

    def _ready(self) -> list[Actor]:
        return [each for each in self._actors if not each.done and each.wake_at <= self.now]

    def _next(self) -> Actor | None:
        """Whose turn it is: whoever was let first, else the oldest that is ready, else time passes."""
        if first := self._first:
            self._first = None
            return first
        self._actors = [each for each in self._actors if not each.done]
        if self.over:
            return next((each for each in self._actors if each.waits), None)
        while self.now < self.ends_at:
            if ready := self._ready():
                return ready[0]
            if self.background and (started := self.background.ready()):
                self.add(started)
                return started
            at = self._next_at()
            if at is None:
                return None
            self.pass_time(max(0, at - self.now))
        self.wrong("converges", f"not everything is done {(self.ends_at - START) // 1000} s after the start")
        return next((each for each in self._actors if each.waits), None)

    def _next_at(self) -> int | None:
        times = [each.wake_at for each in self._actors]
        times += [self._events[0][0]] if self._events else []
        if self.background and (at := self.background.next_at()) is not None:
            times.append(at)
        return min(times, default=None)
