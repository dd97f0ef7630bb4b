"""The cases: which faults strike which flow, and when. Made by rule, none by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product

from local.simulator.faults import FaultKind, Route
from tests.e2e.matrix.flows import FLOWS, Flow
from tests.e2e.matrix.pairwise import pairwise
from tests.e2e.processor import SENDS

KINDS = tuple(kind for kind in FaultKind if kind is not FaultKind.PARTIAL_APPROVAL)
"""What any route may meet."""
LOST = {True: FaultKind.CONNECTION_RESET_AFTER_EFFECT, False: FaultKind.ERROR_500}
"""How an outcome gets lost for certain: with its effect, and without."""
LASTING = 1_000
OWN = None
"""Stands for the route of the flow itself."""

Strike = tuple[FaultKind, int]
Later = tuple[tuple[Route | None, FaultKind, int], ...]


@dataclass(frozen=True)
class Case:
    """`strikes`: kinds and counts of what meets the first sends on the flow's own route. `later`: what meets
    the first look at the operation that they left without an outcome."""

    flow: Flow
    strikes: tuple[Strike, ...]
    later: Later = ()

    @property
    def lasting(self) -> bool:
        """Whether the strikes outlast all sends of a request."""
        return sum(count for _, count in self.strikes) >= SENDS

    def __str__(self) -> str:
        strikes = ", ".join(f"{kind} x{count}" for kind, count in self.strikes)
        later = ", ".join(f"{route or 'again'}: {kind}" for route, kind, _ in self.later)
        return f"{self.flow}: {strikes}" + (f"; then {later}" if later else "")


def kinds_of(flow: Flow) -> tuple[FaultKind, ...]:
    """What the flow's own route may meet."""
    return (*KINDS, FaultKind.PARTIAL_APPROVAL) if flow.route is Route.CREATE else KINDS


def every_case() -> tuple[Case, ...]:
    """Every kind and every ordered pair of kinds on the flow's own route, passing and lasting; and every
    lost outcome with every kind on each route that its recovery uses."""
    return (*_on_own_route(), *_in_recovery())


def selection() -> tuple[Case, ...]:
    """Cases in which every two of flow, first kind, second kind, and how it ends, come together; every kind
    meets every route of recovery. And a partial approval in every flow that can meet one."""
    endings = ("passing", "lasting", "later")
    chosen = pairwise((FLOWS, KINDS, (None, *KINDS), endings))
    turns = count()
    in_part = (flow for flow in FLOWS if FaultKind.PARTIAL_APPROVAL in kinds_of(flow))
    return (
        *(_chosen(turns, *values) for values in chosen),
        *(Case(flow, ((FaultKind.PARTIAL_APPROVAL, 1),)) for flow in in_part),
    )


def _on_own_route() -> Iterator[Case]:
    for flow, last in product(FLOWS, (1, SENDS)):
        for first in kinds_of(flow):
            yield Case(flow, ((first, last),))
        for first, second in product(kinds_of(flow), repeat=2):
            yield Case(flow, ((first, 1), (second, last)))


def _in_recovery() -> Iterator[Case]:
    routes = (OWN, Route.LIST, Route.AUTHORIZE)
    for flow, lost, route, kind in product(FLOWS, LOST.values(), routes, KINDS):
        yield Case(flow, ((lost, SENDS),), ((route, kind, LASTING),))


def _chosen(
    turns: Iterator[int], flow: Flow, first: FaultKind, second: FaultKind | None, ending: str
) -> Case:
    last = 1 if ending == "passing" else SENDS
    strikes = ((first, last),) if second is None else ((first, 1), (second, last))
    return Case(flow, strikes, _together(next(turns) % len(KINDS)) if ending == "later" else ())


def _together(turn: int) -> Later:
    """A kind on each route at once, another one each. Access is refused once, lest it hide the others."""
    own, listed, access = (KINDS[(turn + shift) % len(KINDS)] for shift in (0, 1, 2))
    return ((OWN, own, LASTING), (Route.LIST, listed, LASTING), (Route.AUTHORIZE, access, 1))
