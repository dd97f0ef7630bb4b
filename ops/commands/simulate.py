"""`tollgate simulate`: the platform under every fault, in one process, reproducibly."""

import time
from typing import Annotated

import typer

from onboarding.failure import Failure
from ops.terminal import say, show

Seed = Annotated[int | None, typer.Option(help="Run this one world again, and say what happened in it.")]
FlowName = Annotated[str | None, typer.Option("--flow", help="Run all schedules of this flow.")]
ScheduleText = Annotated[
    str | None, typer.Option("--schedule", help="With --flow: this schedule alone, as a failure prints it.")
]
Exhaustive = Annotated[
    bool, typer.Option("--exhaustive", help="Run every schedule of every flow with up to two deviations.")
]
Guided = Annotated[
    int | None,
    typer.Option(help="Run so many schedules of every flow that go where something new happens.", min=1),
]
Minutes = Annotated[float, typer.Option(help="Draw new worlds from new seeds for so long.", min=0.0)]
FirstSeed = Annotated[int | None, typer.Option(help="The first seed; by default from the clock.")]


def simulate(
    seed: Seed = None,
    flow: FlowName = None,
    schedule: ScheduleText = None,
    exhaustive: Exhaustive = False,
    guided: Guided = None,
    minutes: Minutes = 1.0,
    from_seed: FirstSeed = None,
) -> None:
    """Try to break the platform: crashes, lost answers, duplicates and races, at every step.

    It all runs in this process, on a simulated cloud and processor: nothing real is touched. After each step
    an independent model checks that no card is charged twice, no more is refunded than was taken, nothing is
    lost and nothing gets stuck. What breaks is printed with the command that repeats it exactly.

    Without options: new random worlds for a minute.
    """
    # Here, since no other command needs it, and an installed package doesn't have it.
    from tests.simulation import session  # noqa: PLC0415

    try:
        if seed is not None:
            session.one_seed(seed, show)
        elif flow is not None:
            session.one_flow(flow, schedule, show)
        elif exhaustive:
            session.every_flow(show)
        elif guided is not None:
            session.guided(guided, show)
        else:
            session.seeds(int(time.time()) if from_seed is None else from_seed, minutes, say, show)
    except session.Broken as broken:
        raise Failure(f"{broken.violation}", f"See it again: {broken.command}") from None
    except ValueError as error:
        raise Failure(f"{error}.", "See `tollgate simulate --help`.") from None
