"""Actors that take turns: one runs at a time, and another only where a step says so.

An actor that gives way keeps its stack: its thread waits, and the turn goes on in a new one. As long as
nobody gives way everything runs in one thread.
"""

from _thread import start_new_thread
from collections.abc import Callable
from threading import Event, Lock


class Crash(BaseException):
    """The process of an actor is gone. Not an `Exception`: no code of ours may survive it."""


class Actor:
    """Something that runs: a client, or an invocation of a function.

    `wake_at`: until then (milliseconds) it waits for something outside. `deadline`: when its function's
    time is up. `begins`: it hasn't taken a step since that was set. `on_its_way`: it may come before
    its time.
    """

    def __init__(
        self, name: str, body: Callable[[], None], wake_at: int = 0, *, on_its_way: bool = False
    ) -> None:
        self.name = name
        self.wake_at = wake_at
        self.deadline: int | None = None
        self.begins = False
        self.on_its_way = on_its_way
        self.done = False
        self._body = body
        self._turn: Lock | None = None

    @property
    def waits(self) -> bool:
        """Whether it has given way, and has a stack to come back to."""
        return self._turn is not None

    def run(self) -> None:
        """From the beginning to its end."""
        self.on_its_way = False
        try:
            self._body()
        finally:
            self.done = True

    def give_way(self, others: Callable[[], None]) -> None:
        """Let `others` run until this actor's turn comes again."""
        turn = self._turn = Lock()
        turn.acquire()
        start_new_thread(others, ())
        turn.acquire()

    def go_on(self) -> None:
        """Hand the turn back to an actor that waits."""
        turn, self._turn = self._turn, None
        assert turn is not None
        turn.release()


class Turns:
    """Runs actors until `next_actor` has none left. `current`: whose turn it is."""

    def __init__(self, next_actor: Callable[[], Actor | None]) -> None:
        self.current: Actor | None = None
        self._next_actor = next_actor
        self._over = Event()
        self._failure: BaseException | None = None

    def run(self) -> None:
        """Until nobody has anything left to do. What an actor raises that isn't a `Crash` is raised here."""
        self._take_turns()
        self._over.wait()
        if self._failure:
            raise self._failure

    def give_way(self) -> None:
        """The current actor lets the others go first."""
        actor = self.current
        assert actor is not None
        actor.give_way(self._take_turns)
        self.current = actor

    def _take_turns(self) -> None:
        try:
            while actor := self._next_actor():
                self.current = actor
                if actor.waits:
                    actor.go_on()
                    return
                try:
                    actor.run()
                except Crash:
                    continue
        except BaseException as failure:  # it has to cross threads: `run` raises it
            self._failure = failure
        self._over.set()
