"""Shapes of load: how many payments come in each second, and whether the processor answers."""

from collections.abc import Sequence
from dataclasses import dataclass

QUIET, SPIKE, OUTAGE = 60, 60, 120
"""Seconds."""
TIMES = 20


@dataclass(frozen=True, slots=True)
class Shape:
    """Second by second: `arrivals`, and whether the processor is `answering`."""

    name: str
    arrivals: Sequence[float]
    answering: Sequence[bool]


def shapes(rate: float) -> list[Shape]:
    """At a usual `rate` of payments a second."""
    steady = [rate] * (5 * QUIET)
    spike = [rate] * QUIET + [rate * TIMES] * SPIKE + [rate] * (3 * QUIET)
    silence = [True] * QUIET + [False] * OUTAGE + [True] * (2 * QUIET)
    return [
        Shape("steady", steady, [True] * len(steady)),
        Shape(f"a minute of {TIMES} times as much", spike, [True] * len(spike)),
        Shape("two minutes in which the processor is silent", steady, silence),
    ]
