"""Bugs that payment systems have had, made again in ours, and what the simulation has to say about each.

`python -m tests.simulation.museum` writes docs/bug-museum.md.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.simulation.choices import Schedule
from tests.simulation.exhibits import EXHIBITS, Exhibit
from tests.simulation.explore import Exploration, Explored
from tests.simulation.flows import FLOWS
from tests.simulation.guided import Guided
from tests.simulation.invariants import INVARIANTS
from tests.simulation.replay import replay_command
from tests.simulation.run import by_name

PAGE = Path(__file__).parents[2] / "docs" / "bug-museum.md"
MOST = 20_000
GUIDED_DEPTH = 4
HEAD = """# The bug museum

Each bug below was published by somebody, was found in our own code by the simulation, or is what this design
invites. Each is made again as a small mutation of our code (`tests/simulation/mutants`), and the simulation
has to notice: it runs schedules with one, then with two deviations, until an invariant breaks; where it takes
more, the guided search (`tests/simulation/guided.py`) has to come there by itself. Some flows begin with what
went wrong at the processor (`flows.py`), so that what follows from it is found in seconds. `make test` does
this for every row. What each invariant says stands below.

The last column is the first schedule that found the bug. On the code as it is, the command passes.
This page is generated: `python -m tests.simulation.museum`.

| # | Bug | Where it happened | Caught by | After schedules | Schedule |
|---|---|---|---|---|---|
"""
LEGEND = """
| Invariant | What it says |
|---|---|
"""
FOOT = """
Left out, since there is nothing to break yet: bugs of webhooks (Hyperswitch #3408, inserted and never sent;
#9278, a stale status sent), because Tollgate sends none.
"""


@dataclass(frozen=True)
class Kill:
    """How a bug was found out: by which invariant, in which schedule of which flow, after how many."""

    invariant: str
    flow: str
    schedule: str
    schedules: int


def kill(exhibit: Exhibit) -> Kill | None:
    """Run schedules until an invariant breaks. None: the bug has survived `MOST` of them, or all."""
    with exhibit.mutant():
        for number, (flow, explored) in enumerate(_schedules(exhibit), 1):
            violation = explored.run.violation
            if violation and exhibit.by in {None, violation.invariant}:
                return Kill(violation.invariant, flow, str(explored.schedule), number)
            if number == MOST:
                break
    return None


def page() -> str:
    """The museum's page. Raises `LookupError` when a bug survives."""
    rows: list[str] = []
    for number, exhibit in enumerate(EXHIBITS, 1):
        began = time.monotonic()
        found = kill(exhibit)
        if found is None:
            raise LookupError(f"{exhibit.mutant.__name__} has survived: no invariant notices this bug.")
        seconds = time.monotonic() - began
        sys.stderr.write(f"{exhibit.mutant.__name__}: {found.invariant} ({seconds:.1f} s)\n")
        rows.append(_row(number, exhibit, found))
    return (
        HEAD
        + "".join(rows)
        + LEGEND
        + "".join(f"| `{name}` | {says} |\n" for name, says in INVARIANTS.items())
        + FOOT
    )


def _row(number: int, exhibit: Exhibit, found: Kill) -> str:
    command = f"`{replay_command(found.flow, found.schedule)}`"
    cells = (str(number), exhibit.bug, exhibit.where, f"`{found.invariant}`", str(found.schedules), command)
    return f"| {' | '.join(cells)} |\n"


def _schedules(exhibit: Exhibit) -> Iterator[tuple[str, Explored]]:
    """Every schedule of the flows with one deviation, then with two; or what the guided search comes to."""
    named = by_name(FLOWS)
    if exhibit.given:
        named = {name: replace(named[name], given=Schedule.parse(exhibit.given)) for name in exhibit.flows}
    if exhibit.guided:
        for flow in exhibit.flows:
            yield from ((flow, explored) for explored in Guided(named[flow], GUIDED_DEPTH))
        return
    for depth in (1, 2):
        for flow in exhibit.flows:
            yield from ((flow, explored) for explored in Exploration(named[flow], depth))


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
