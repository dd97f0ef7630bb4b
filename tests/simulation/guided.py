"""A search that goes where something new happens: deeper than all schedules could be run.

Two things make it small. Only at an access to what actors share (a payment's row, the processor) can it make
a difference who goes first, or what fails: nothing else is tried. And a schedule is only taken further if its
world showed something that none before it had: first of all a call that was never made, then an access that
never followed on another in that way. It promises nothing; what it finds, it finds at any depth.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, pairwise

from tests.simulation.choices import Schedule, Step
from tests.simulation.explore import Explored
from tests.simulation.flows import Flow
from tests.simulation.run import Scripted, run

SHARED = ("payments.", "processor.")
Seen = tuple[str, ...]


@dataclass
class Guided:
    """Schedules of a flow with at most `depth` deviations, the newest sights first."""

    flow: Flow
    depth: int
    _seen: set[Seen] = field(default_factory=set)

    def __iter__(self) -> Iterator[Explored]:
        order = count()
        chooser = Scripted(self.flow.given)
        yield Explored(self.flow.given, run(self.flow, chooser))
        self._novelty(chooser)
        waiting = [(0, 0, next(order), chooser)]
        while waiting:
            *_, parent = heapq.heappop(waiting)
            for schedule in self._further(parent):
                chooser = Scripted(schedule)
                yield Explored(schedule, run(self.flow, chooser))
                calls, pairs = self._novelty(chooser)
                if (calls or pairs) and len(schedule.deviations) < self.depth:
                    heapq.heappush(waiting, (-calls, -pairs, next(order), chooser))

    def _further(self, parent: Scripted) -> Iterator[Schedule]:
        last = max(parent.schedule.deviations, default=0)
        for step in parent.offered:
            if step.number > last and step.call.startswith(SHARED):
                yield from (parent.schedule.but(step.number, choice) for choice in step.alternatives)

    def _novelty(self, chooser: Scripted) -> tuple[int, int]:
        """How many calls, and pairs of accesses that follow each other, nobody has seen before."""
        shared = [each for each in chooser.offered if each.call.startswith(SHARED)]
        calls: set[Seen] = {(_role(each), each.call) for each in shared}
        pairs = set(_pairs(shared, chooser.schedule))
        new = len(calls - self._seen), len(pairs - self._seen)
        self._seen |= calls | pairs
        return new


def _pairs(steps: Sequence[Step], schedule: Schedule) -> Iterator[Seen]:
    for first, second in pairwise(steps):
        same = "itself" if first.actor == second.actor else "another"
        yield (first.call, schedule.text_at(first.number), same, second.call, schedule.text_at(second.number))


def _role(step: Step) -> str:
    return step.actor.partition("-")[0]
