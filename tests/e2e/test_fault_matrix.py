"""Every fault of the processor with every other, in every flow of money.

What becomes of the operations is in `test_books.py`; `tollgate faults --every-pair` leaves no pair out.
"""

from collections import Counter
from itertools import combinations, product

from tests.e2e.matrix.cases import KINDS, every_case, kinds_of, selection
from tests.e2e.matrix.flows import FLOWS
from tests.e2e.matrix.pairwise import pairwise
from tests.e2e.matrix.striking import Struck
from tests.e2e.matrix.verdict import UNKNOWN


def test_in_a_pairwise_selection_every_two_values_come_together() -> None:
    factors = ("abc", range(4), (None, True))
    rows = pairwise(factors)
    for one, other in combinations(range(3), 2):
        assert {(row[one], row[other]) for row in rows} == set(product(factors[one], factors[other]))
    assert len(rows) < 3 * 4 * 2


def test_the_matrix_has_every_kind_and_every_ordered_pair_in_every_flow() -> None:
    own = Counter((case.flow, *(kind for kind, _ in case.strikes)) for case in every_case() if not case.later)
    singles = [(flow, kind) for flow in FLOWS for kind in kinds_of(flow)]
    pairs = [(flow, *two) for flow in FLOWS for two in product(kinds_of(flow), repeat=2)]
    assert own == Counter(dict.fromkeys([*singles, *pairs], 2))  # passing and lasting


def test_the_selection_has_every_kind_with_every_other_and_in_every_flow() -> None:
    strikes = [(case.flow, *(kind for kind, _ in case.strikes)) for case in selection()]
    assert {pair for _, *pair in strikes if len(pair) == 2 for pair in [tuple(pair)]} == set(
        product(KINDS, KINDS)
    )
    assert {(flow, kind) for flow, *kinds in strikes for kind in kinds} == {
        (flow, kind) for flow in FLOWS for kind in kinds_of(flow)
    }


def test_in_the_selection_every_kind_meets_every_route_of_recovery() -> None:
    met = {(route, kind) for case in selection() for route, kind, _ in case.later}
    assert met == set(product({route for route, _ in met}, KINDS))


def test_every_request_is_answered_whatever_it_met(
    struck: list[Struck],
) -> None:
    heard = Counter(each.first for each in struck)
    assert set(heard) == {201, UNKNOWN, 402, 502, 503}
