"""Money that moved on a merchant's day, in the order in which it was known."""

from collections.abc import Iterator
from dataclasses import dataclass

from tollgate.domain.day import Day
from tollgate.domain.event import Movement
from tollgate.ports import Movements

AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class MovementPage:
    """`next_key` None: there is no more."""

    movements: tuple[Movement, ...]
    next_key: str | None


def list_movements(
    merchant_id: str, day: Day, currency: str | None, start: str | None, limit: int, movements: Movements
) -> MovementPage:
    """One page. `start` is the key that the page before ended with."""
    kept: list[tuple[str, Movement]] = []
    at_once = limit + 1 if currency is None else AT_ONCE
    for key, movement in _of_day(merchant_id, day, start, at_once, movements):
        if currency not in {None, movement.currency}:
            continue
        if len(kept) == limit:
            return MovementPage(tuple(each for _, each in kept), kept[-1][0])
        kept.append((key, movement))
    return MovementPage(tuple(each for _, each in kept), None)


def _of_day(
    merchant_id: str, day: Day, start: str | None, at_once: int, movements: Movements
) -> Iterator[tuple[str, Movement]]:
    while True:
        chunk = movements.of_day(merchant_id, day, start, at_once)
        yield from chunk
        if len(chunk) < at_once:
            return
        start = chunk[-1][0]
