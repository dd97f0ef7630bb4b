"""A few combinations in which every two values come together."""

from collections.abc import Sequence
from itertools import combinations, product
from typing import Any

Pair = tuple[int, Any, int, Any]


def pairwise(factors: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """Rows of one value per factor, such that any two values of any two factors share a row.

    Greedy: each row starts from a pair that is still wanted, and takes the values that add most others.
    """
    wanted: dict[Pair, None] = {
        (one, a, other, b): None
        for one, other in combinations(range(len(factors)), 2)
        for a, b in product(factors[one], factors[other])
    }
    rows: list[tuple[Any, ...]] = []
    while wanted:
        one, a, other, b = next(iter(wanted))
        row: dict[int, Any] = {one: a, other: b}
        for place in range(len(factors)):
            if place not in row:
                offered = _turned(factors[place], len(rows))
                row[place] = max(offered, key=lambda value, place=place: _gain(row | {place: value}, wanted))
        rows.append(tuple(row[place] for place in range(len(factors))))
        for pair in _pairs(row):
            wanted.pop(pair, None)
    return rows


def _pairs(row: dict[int, Any]) -> list[Pair]:
    return [(one, row[one], other, row[other]) for one, other in combinations(sorted(row), 2)]


def _gain(row: dict[int, Any], wanted: dict[Pair, None]) -> int:
    return sum(pair in wanted for pair in _pairs(row))


def _turned(values: Sequence[Any], by: int) -> Sequence[Any]:
    """Ties go to the first: so that it isn't always the same."""
    by %= len(values)
    return (*values[by:], *values[:by])
