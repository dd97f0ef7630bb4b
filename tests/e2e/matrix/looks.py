"""The looks at operations that the requests left without an outcome, each with its faults."""

from collections import defaultdict
from collections.abc import Sequence

from local.simulator.faults import FaultKind
from tests.e2e.matrix.cases import Later
from tests.e2e.matrix.flows import FLOWS
from tests.e2e.matrix.laptop import Laptop
from tests.e2e.matrix.striking import HELD_SECONDS, Struck, Tell

TOGETHER = 2
"""So many looks meet the same faults: of more, the worker's circuits would keep the last ones from them."""


def strike_looks(laptop: Laptop, struck: Sequence[Struck], tell: Tell) -> None:
    """One look at each operation that has faults coming later, while the processor has them."""
    groups: dict[Later, list[str]] = defaultdict(list)
    for each in struck:
        if each.case.later and laptop.due(each.payment_id):
            groups[each.case.later].append(each.payment_id)
    waves = [
        (later, ids[start : start + TOGETHER])
        for later, ids in groups.items()
        for start in range(0, len(ids), TOGETHER)
    ]
    for number, (later, payment_ids) in enumerate(waves, start=1):
        laptop.restart_worker()
        _fail(laptop, later)
        laptop.look_at(payment_ids)
        laptop.processor.works()
        tell(f"{number} of {len(waves)} rounds of looks")


def _fail(laptop: Laptop, later: Later) -> None:
    for route, kind, count in later:
        held = HELD_SECONDS if kind is FaultKind.SLOW else 0
        for each in {flow.route for flow in FLOWS} if route is None else {route}:
            laptop.processor.fail(each, kind, count, held)
