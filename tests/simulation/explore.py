"""All schedules of a flow with so many deviations: every alternative at every step, then again after it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from tests.simulation.choices import Schedule, Step
from tests.simulation.flows import Flow
from tests.simulation.run import Run, Scripted, run


@dataclass(frozen=True)
class Explored:
    """A schedule, and how it ended."""

    schedule: Schedule
    run: Run


@dataclass
class Exploration:
    """Every schedule of a flow with at most `depth` deviations.

    A deviation is only tried where a step offers it, so no schedule is unreachable, and each comes once. A
    world that comes to the same state, to the last byte, as one whose future was explored ends there: one in
    which a read failed and one in which the function died of it, say. `merged` counts the schedules that
    needn't be begun for that reason. `every`: of those with `depth` deviations, only each so manieth is run.
    """

    flow: Flow
    depth: int
    every: int = 1
    merged: int = 0
    _known: list[set[int]] = field(default_factory=list)
    _deepest: Iterator[int] = field(default_factory=count)

    def __iter__(self) -> Iterator[Explored]:
        self._known = [set() for _ in range(self.depth + 1)]
        yield from self._from(self.flow.given, self.depth)

    def _from(self, schedule: Schedule, left: int) -> Iterator[Explored]:
        """`_known[n]`: states of which every future with at most n deviations is explored."""
        leaf = left == 0
        chooser = Scripted(schedule, self._known[0] if leaf else (), briefly=leaf)
        yield Explored(schedule, run(self.flow, chooser))
        steps = [] if leaf else self._unexplored(chooser, left)
        for known in self._known[: left + 1]:
            known.update(state for _, state in chooser.boundaries)
        for step in steps:
            for choice in step.alternatives:
                if left > 1 or next(self._deepest) % self.every == 0:
                    yield from self._from(schedule.but(step.number, choice), left - 1)

    def _unexplored(self, chooser: Scripted, left: int) -> list[Step]:
        """The steps after the last deviation, up to where the world's future is known."""
        last = max(chooser.schedule.deviations, default=0)
        steps = [each for each in chooser.offered if each.number > last]
        until = next((number for number, state in chooser.boundaries if state in self._known[left]), None)
        if until is None:
            return steps
        self.merged += sum(len(each.alternatives) for each in steps if each.number >= until)
        return [each for each in steps if each.number < until]
