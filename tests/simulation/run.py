"""One schedule, from the first step to rest."""

from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from functools import partial

from tests.simulation.auditor.auditor import Auditor, Log
from tests.simulation.choices import Choice, Chooser, Fate, Schedule, Step
from tests.simulation.client import Client
from tests.simulation.digest import digest
from tests.simulation.flows import Flow, Scene, Script
from tests.simulation.platform import Platform
from tests.simulation.story import Story
from tests.simulation.world import START, Violation, World
from tollgate import telemetry

HORIZON = 40 * 60_000
"""Milliseconds within which everything must be done, the last fault's consequences included."""


@dataclass
class Scripted:
    """Follows a schedule. `known`: digests of states that need no look at what comes after them.

    `offered`: every step so far. `boundaries`: the steps at which nothing was at work and the schedule had no
    more deviations, with a digest of all state there; of the first only, if `briefly`.
    """

    schedule: Schedule
    known: Container[int] = frozenset()
    briefly: bool = False
    offered: list[Step] = field(default_factory=list)
    boundaries: list[tuple[int, int]] = field(default_factory=list)
    state: Callable[[], int] = int

    def at_boundary(self) -> bool:
        step = len(self.offered) + 1
        if step <= max(self.schedule.deviations, default=0) or (self.briefly and self.boundaries):
            return False
        self.boundaries.append((step, self.state()))
        return self.boundaries[-1][1] in self.known

    def choose(self, step: Step) -> Choice:
        self.offered.append(step)
        choice = self.schedule.deviations.get(step.number, Fate.OK)
        return choice if choice in step.alternatives else Fate.OK


@dataclass(frozen=True)
class Run:
    """How a schedule ended. `violation` None: everything held. `cut`: it came to a known state."""

    violation: Violation | None
    steps: int
    cut: bool = False


def run(flow: Flow, chooser: Chooser, tick: int = 0, story: Story | None = None) -> Run:
    """One world from its start to its rest. `story` hears what clients do."""
    world = World(chooser, START + flow.lags.down + HORIZON, tick)
    platform = Platform(world, flow.lags)
    auditor = Auditor(platform, flow.lags)
    clients: list[Client] = []
    if isinstance(chooser, Scripted):
        chooser.state = partial(digest, platform, auditor, clients)
        world.at_boundary = chooser.at_boundary
    with logged(auditor.log):
        try:
            scene = Scene()
            flow.prepare(Client("prepare", flow.merchants[0], platform, auditor.answers.heard), scene)
            platform.settle()
            world.pass_time(flow.lags.books)  # until the books show what was prepared
            for number, (merchant, script) in enumerate(zip(flow.merchants, flow.scripts, strict=False), 1):
                client = Client(f"client-{number}", merchant, platform, auditor.answers.heard)
                client.story = story
                clients.append(client)
                late = flow.apart if number > 1 else None
                client.start(_bound(script, scene), None if late is None else START + late)
            world.run()
            if world.cut:
                return Run(None, world.steps, cut=True)
            auditor.at_rest()
        except Violation as violation:
            return Run(violation, world.steps)
    return Run(None, world.steps)


def _bound(script: Script, scene: Scene) -> Callable[[Client], None]:
    return lambda client: script(client, scene)


@contextmanager
def logged(log: Log) -> Iterator[None]:
    """Have what the functions log, and print as metrics, go to `log` alone."""
    logger = telemetry.logger
    before, logger.handlers[:] = list(logger.handlers), [log]
    try:
        with redirect_stdout(log.metrics):
            yield
    finally:
        logger.handlers[:] = before


def by_name(flows: tuple[Flow, ...]) -> Mapping[str, Flow]:
    return {each.name: each for each in flows}
