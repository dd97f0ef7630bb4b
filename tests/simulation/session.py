"""What `tollgate simulate` does."""

import time
from collections.abc import Callable
from itertools import count, islice

from tests.simulation.choices import Schedule
from tests.simulation.every_flow import EVERY_FLOW
from tests.simulation.explore import Exploration
from tests.simulation.flows import Flow
from tests.simulation.guided import Guided
from tests.simulation.replay import replay_command, seed_command
from tests.simulation.run import Scripted, by_name, run
from tests.simulation.story import Story
from tests.simulation.swarm import swarm
from tests.simulation.world import Violation

PROGRESS_SECONDS = 5.0
GUIDED_DEPTH = 6
Tell = Callable[[str], None]


class Broken(Exception):
    """An invariant doesn't hold; `command` shows it again."""

    def __init__(self, violation: Violation, command: str) -> None:
        super().__init__(str(violation))
        self.violation = violation
        self.command = command


def one_seed(seed: int, show: Tell) -> None:
    """A drawn world, told step by step. Raises `Broken`."""
    story = Story()
    drawn = swarm(seed, story)
    for line in story.lines:
        show(line)
    show(f"seed {seed}: {drawn.run.steps} steps")
    show(f"schedule: {drawn.schedule}")
    if drawn.run.violation:
        raise Broken(drawn.run.violation, seed_command(seed))
    show("every invariant holds")


def one_flow(name: str, schedule: str | None, show: Tell) -> None:
    """All schedules of a flow, or one of them, step by step. Raises `Broken`, `ValueError`."""
    flow = by_name(EVERY_FLOW).get(name)
    if flow is None:
        raise ValueError(f"{name} is no flow; there are {', '.join(each.name for each in EVERY_FLOW)}")
    if schedule is None:
        _explore(flow, show)
        return
    chooser = Scripted(Schedule.parse(schedule))
    ended = run(flow, chooser)
    for step in chooser.offered:
        happens = chooser.schedule.text_at(step.number)
        show(f"{step.number:>5}  {step.actor:<12} {step.call:<22} {happens}".rstrip())
    if ended.violation:
        raise Broken(ended.violation, replay_command(flow.name, chooser.schedule))
    show("every invariant holds")


def every_flow(show: Tell) -> None:
    """Every schedule of every flow. Raises `Broken`."""
    began = time.monotonic()
    total = sum(_explore(flow, show) for flow in EVERY_FLOW)
    show(f"{total:,} schedules in {time.monotonic() - began:.0f} s: every invariant holds in all of them")


def seeds(first: int, minutes: float, say: Tell, show: Tell) -> None:
    """Drawn worlds, one after the other. Raises `Broken`."""
    began = told = time.monotonic()
    steps = 0
    for seed in count(first):
        drawn = swarm(seed)
        steps += drawn.run.steps
        if drawn.run.violation:
            raise Broken(drawn.run.violation, seed_command(seed))
        now, done = time.monotonic(), seed - first + 1
        progress = (
            f"{done:,} worlds (seeds {first} to {seed}), {steps:,} steps, {done / (now - began):.0f} a second"
        )
        if now - began >= minutes * 60:
            show(f"{progress}: every invariant holds in all of them")
            return
        if now - told >= PROGRESS_SECONDS:
            told = now
            say(progress)


def guided(schedules: int, show: Tell) -> None:
    """So many schedules of the guided search in every flow. Raises `Broken`."""
    began = time.monotonic()
    total = 0
    for flow in EVERY_FLOW:
        for each in islice(Guided(flow, GUIDED_DEPTH), schedules):
            total += 1
            if each.run.violation:
                raise Broken(each.run.violation, replay_command(flow.name, each.schedule))
        show(f"{flow.name:<28} done")
    show(f"{total:,} schedules in {time.monotonic() - began:.0f} s: every invariant holds in all of them")


def _explore(flow: Flow, show: Tell) -> int:
    explored = 0
    exploration = Exploration(flow, depth=2)
    for each in exploration:
        explored += 1
        if each.run.violation:
            raise Broken(each.run.violation, replay_command(flow.name, each.schedule))
    show(f"{flow.name:<28} {explored:>6,} schedules, {exploration.merged:>6,} more come to the same states")
    return explored
