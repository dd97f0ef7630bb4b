"""The functions that nobody calls: sweeper on its timer, workers on the queue, projectors on the stream."""

from collections.abc import Callable
from functools import partial

from tests.simulation.actors import Actor, Crash
from tests.simulation.choices import DELIVERY, Fate
from tests.simulation.ports import Unavailable, take_step
from tests.simulation.queue import FollowUps, Message
from tests.simulation.table import PaymentTable
from tests.simulation.world import START, World
from tollgate.handlers.worker import World as WorkerWorld
from tollgate.handlers.worker import work
from tollgate.operations.record_history import record_history
from tollgate.operations.sweep import sweep
from tollgate.ports import AllPayments, Clock, FollowUpQueue, Trail

SWEEPS = 10_000
"""Milliseconds from one sweep to the next: more often than in production, so that more can meet."""

WORKERS = 2
SECONDS = 60
"""A background function's time."""


class Functions:
    """The platform's background. `awake_at`: nothing of it runs before (milliseconds)."""

    def __init__(
        self,
        world: World,
        table: PaymentTable,
        queue: FollowUps,
        sweeper: Callable[[], None],
        worker: WorkerWorld,
        trail: Trail,
        awake_at: int = START,
    ) -> None:
        self._world = world
        self._table = table
        self._queue = queue
        self._sweeper = sweeper
        self._worker = worker
        self._trail = trail
        self.next_sweep = awake_at
        self._awake_at = awake_at
        self.looks = 0
        self._started: dict[str, int] = {}
        self._busy: dict[str, int] = {}

    def ready(self) -> Actor | None:
        now = self._world.now
        self._queue.bury()
        for payment_id, changes in self._table.stream.items():
            if changes and not self._busy.get(payment_id):
                return self._actor("projector", payment_id, partial(self._project, payment_id))
        if now < self._awake_at:
            return None
        if self._queue.deliverable() and self._busy.get("worker", 0) < WORKERS:
            return self._actor("worker", "worker", self._work)
        due = self._table.next_due()
        if due is not None and due <= now and self.next_sweep <= now:
            self.next_sweep = now + SWEEPS
            return self._actor("sweeper", "sweeper", self._sweeper)
        return None

    def settle(self) -> None:
        """Bring everything in the stream to the trail, while nothing fails."""
        for payment_id in self._table.stream:
            self._project(payment_id)

    def next_at(self) -> int | None:
        times = [at for at in (self._queue.next_at(), self._swept_at()) if at is not None]
        return max(min(times), self._world.now + 1) if times else None

    def overtakers(self) -> list[str]:
        return ["worker"] if self._queue.deliverable() and self._busy.get("worker", 0) < WORKERS else []

    def start(self, name: str) -> Actor:
        assert name == "worker", name
        return self._actor("worker", "worker", self._work)

    def _swept_at(self) -> int | None:
        due = self._table.next_due()
        return None if due is None else max(due, self.next_sweep)

    def _actor(self, name: str, place: str, body: Callable[[], None]) -> Actor:
        self._started[name] = self._started.get(name, 0) + 1

        def occupy() -> None:
            try:
                self._world.invoke(SECONDS, body)
            except Unavailable:  # the invocation has failed; what it was for comes again
                return
            finally:
                self._busy[place] -= 1

        self._busy[place] = self._busy.get(place, 0) + 1
        return Actor(f"{name}-{self._started[name]}", occupy)

    def _work(self, again: list[Message] | None = None) -> None:
        messages = again or self._queue.receive()
        match self._world.step("queue.receive", () if again else DELIVERY):
            case Fate.CRASH:
                raise Crash
            case Fate.TWICE:
                self._world.add(self._actor("worker", "worker", partial(self._work, list(messages))))
            case _:
                pass
        answer = self._looked(messages)
        failed = {each["itemIdentifier"] for each in answer["batchItemFailures"]}
        done = [each for each in messages if each.id not in failed]
        take_step(self._world, "queue.delete", (Fate.FAIL,), partial(self._queue.delete, done))

    def _looked(self, messages: list[Message]) -> dict[str, list[dict[str, str]]]:
        self.looks += 1
        return work({"Records": [_record(each) for each in messages]}, f"look-{self.looks}", self._worker)

    def _project(self, payment_id: str) -> None:
        """Puts a shard's changes on the trail; from one that fails on, they come again."""
        changes = self._table.stream[payment_id]
        batch = list(changes)
        fate = self._world.step("stream.read", DELIVERY)
        if fate is Fate.CRASH:
            raise Crash
        for _ in range(2 if fate is Fate.TWICE else 1):
            for place, (before, after) in enumerate(batch):
                try:
                    record_history(before, after, self._trail)
                except Unavailable:
                    if fate is not Fate.TWICE:
                        del changes[:place]
                    return
        del changes[: len(batch)]


def _record(message: Message) -> dict[str, object]:
    return {
        "messageId": message.id,
        "attributes": {"MessageGroupId": message.payment_id},
        "body": f'{{"payment_id": "{message.payment_id}"}}',
    }


def sweeper(payments: AllPayments, queue: FollowUpQueue, clock: Clock) -> Callable[[], None]:
    """The sweeper's one job."""
    return lambda: sweep(payments, queue, clock) and None
