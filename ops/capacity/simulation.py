"""What becomes of a load: a second at a time, by the ceilings, the same for the same input."""

from dataclasses import dataclass, field

from ops.capacity.limits import Limits
from ops.capacity.quotas import Quotas
from ops.capacity.shapes import Shape
from ops.cost.prices import Usage
from tollgate.domain.budget import CALL

GATEWAY, CONCURRENCY, TABLE = "API Gateway's throttle", "Lambda's environments", "the table's writes"
WORKER, PROJECTOR = "the worker", "the projector"


@dataclass(slots=True)
class Fate:
    """Payments by what callers saw: `answered`, `refused` (429), `failed` (500), `unsure` (the processor was
    silent: no answer in time, looked after). `first`: the second of the first trouble, and what it was.

    `unsure_at_most`, `behind_at_most`: operations that wait for the worker, and payments whose records wait
    for the projector; `settled_after`, `recorded_after`: seconds from the shape's end until none does.
    """

    shape: str
    answered: float = 0
    refused: float = 0
    failed: float = 0
    unsure: float = 0
    unsure_at_most: float = 0
    behind_at_most: float = 0
    settled_after: float = 0
    recorded_after: float = 0
    first: tuple[int, str] | None = field(default=None)

    def trouble(self, second: int, what: str) -> None:
        self.first = self.first or (second, what)


@dataclass(slots=True)
class _State:
    """`tokens` of the gateway's bucket; `environments` of the function; the two queues."""

    tokens: float
    environments: float
    unsure: float = 0
    behind: float = 0


def run(shape: Shape, limits: Limits, quotas: Quotas, usage: Usage) -> Fate:
    """Play a shape against a stage's limits. A request holds an environment for as long as the processor
    takes, or for as long as a call may take (`tollgate.domain.budget.CALL`) while it is silent."""
    assumed = usage["assumed"]
    takes, patience = assumed["payment_ms"] / 1000, CALL / 1000
    worker = limits.workers / takes
    projector = min(limits.projector_slots, limits.environments["projector"]) * 1000
    projector /= assumed["projector_ms_of_payment"]
    state = _State(limits.gateway_burst, max(limits.warm.get("payments", 1), shape.arrivals[0] * takes))
    fate = Fate(shape.name)
    for second, (arriving, answering) in enumerate(zip(shape.arrivals, shape.answering, strict=True)):
        passed = _admitted(state, fate, second, arriving, limits)
        begun = _begun(state, fate, second, passed, takes if answering else patience, limits, quotas)
        stored = _stored(fate, second, begun, limits, usage)
        if answering:
            fate.answered += stored
            state.unsure = max(0, state.unsure - worker)
        else:
            fate.unsure += stored
            state.unsure += stored
        state.behind = max(0, state.behind + stored - projector)
        _note(state, fate, second)
    fate.settled_after, fate.recorded_after = state.unsure / worker, state.behind / projector
    return fate


def _admitted(state: _State, fate: Fate, second: int, arriving: float, limits: Limits) -> float:
    """A bucket that is filled at the stage's rate and holds its burst."""
    state.tokens = min(limits.gateway_burst, state.tokens + limits.gateway_rate)
    passed = min(arriving, state.tokens)
    state.tokens -= passed
    if arriving > passed:
        fate.refused += arriving - passed
        fate.trouble(second, GATEWAY)
    return passed


def _begun(
    state: _State, fate: Fate, second: int, passed: float, takes: float, limits: Limits, quotas: Quotas
) -> float:
    """Environments come as fast as Lambda starts them, up to the function's own limit."""
    grown = state.environments + quotas["function_ramp"]
    state.environments = min(
        limits.environments["payments"], max(state.environments, min(grown, passed * takes))
    )
    begun = min(passed, state.environments / takes)
    if passed > begun:
        fate.failed += passed - begun
        fate.trouble(second, CONCURRENCY)
    return begun


def _stored(fate: Fate, second: int, begun: float, limits: Limits, usage: Usage) -> float:
    stored = min(begun, limits.writes["payments"] / usage["payment"]["writes"])
    if begun > stored:
        fate.failed += begun - stored
        fate.trouble(second, TABLE)
    return stored


def _note(state: _State, fate: Fate, second: int) -> None:
    fate.unsure_at_most = max(fate.unsure_at_most, state.unsure)
    fate.behind_at_most = max(fate.behind_at_most, state.behind)
    if state.behind:
        fate.trouble(second, PROJECTOR)
    if state.unsure:
        fate.trouble(second, WORKER)
