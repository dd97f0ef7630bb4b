"""After an outage of the processor: how long what it has left takes, and what comes anew meanwhile.

Nothing here is timed: a look takes `LOOK` by assumption, and seconds are counted.
"""

from collections import deque
from collections.abc import Mapping
from functools import cache

import yaml

from tests.examples import NOW
from tests.fakes.clock import FakeClock
from tests.infra.graphs import ROOT
from tollgate.domain.listing import Due, due_shard, due_shards
from tollgate.domain.payment import Payment
from tollgate.operations.sweep import sweep

LOOK = 0.45
"""Seconds: the processor 0.3, four calls of DynamoDB, and the function's own part."""
READ = 0.03
"""Seconds of a message that comes to nothing, as its payment isn't due or the processor can't be reached."""
OUTAGE, PATIENCE = 600, 600
"""Seconds for which the processor was away, and within which all that it left has to be done."""
DEDUPLICATION = 300
"""Seconds for which SQS knows an occasion."""
LEFT = 100_000


@cache
def workers() -> int:
    stack = yaml.safe_load((ROOT / "tests/stacks/Pulumi.prod.yaml").read_text(encoding="utf-8"))
    return stack["config"]["tollgate:worker_concurrency"]


class Stage:
    """The queue, its workers and the due index. While the processor is away, looks come to nothing."""

    def __init__(self) -> None:
        self.second, self.done = 0, set[str]()
        self.waits: list[int] = []
        self._shards: dict[str, list[Due]] = {shard: [] for shard in due_shards()}
        self._waiting: deque[tuple[str, int]] = deque()
        self._known: dict[str, int] = {}
        self._started: dict[str, int] = {}
        for number in range(LEFT):
            payment_id = f"pay_{number}"
            self._shards[due_shard(payment_id)].append(Due(payment_id, NOW - LEFT + number))

    def load(self, payment_id: str) -> Payment | None:
        raise AssertionError("a sweep reads no payment")

    def due(self, shard: str, now: int, limit: int) -> list[Due]:
        left = [each for each in self._shards[shard] if each.payment_id not in self.done]
        self._shards[shard] = left
        return left[:limit]

    def send(self, payment_id: str, occasion: str) -> None:
        if self.second - self._known.get(occasion, -DEDUPLICATION) >= DEDUPLICATION:
            self._known[occasion] = self.second
            self._waiting.append((payment_id, self.second))

    def send_many(self, asked: Mapping[str, str]) -> int:
        for occasion, payment_id in asked.items():
            self.send(payment_id, occasion)
        return len(asked)

    def work(self, *, reachable: bool) -> None:
        """A second of all workers; one payment in it that is new, and was deferred."""
        self.send(f"new_{self.second}", f"new_{self.second}")
        left = float(workers())
        while self._waiting and left > 0:
            payment_id, since = self._waiting.popleft()
            looks = reachable and payment_id not in self.done
            left -= LOOK if looks else READ
            if looks:
                self.done.add(payment_id)
                if payment_id.startswith("new_"):
                    self.waits.append(self.second - since)
        self.second += 1

    @property
    def left(self) -> int:
        return sum(len(shard) for shard in self._shards.values())


def test_what_an_outage_leaves_is_done_in_ten_minutes_and_what_is_new_waits_two_at_most() -> None:
    stage, clock = Stage(), FakeClock(NOW)

    def minute(*, reachable: bool) -> None:
        sweep(stage, stage, clock)
        for _ in range(60):
            stage.work(reachable=reachable)
            clock.advance(1_000)

    for _ in range(OUTAGE // 60):
        minute(reachable=False)
    while stage.second < OUTAGE + PATIENCE:
        minute(reachable=True)
    sweep(stage, stage, clock)
    assert stage.left == 0
    assert max(stage.waits) <= 120
