"""One page of a listing, newest first, over months and shards.

A page reads at most `READ_AT_MOST` objects, however few of them a filter keeps: then it says that there is
more, and its cursor goes on where reading stopped.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from tollgate.domain.listing import Position

READ_AT_MOST = 1000
CHUNK = 50

Found = TypeVar("Found")
Read = Callable[[str, str, str, int], list[Position]]
"""(partition, below, above, limit) -> positions, newest first."""


@dataclass(frozen=True, slots=True)
class Span:
    """Keys `above <= key < below`."""

    below: str
    above: str


@dataclass(frozen=True, slots=True)
class Page(Generic[Found]):
    """`next_key` None: there is no more."""

    objects: tuple[Found, ...]
    next_key: str | None


def span(newest: int, oldest: int) -> Span:
    """Positions from `oldest` (inclusive) to `newest` (exclusive), milliseconds."""
    return Span(below=f"{newest:013d}", above=f"{oldest:013d}")


def newest_first(months: Iterable[Sequence[str]], read: Read, span: Span) -> Iterator[Position]:
    """Positions in the span, over each month's partitions merged."""
    for partitions in months:
        shards = [_partition(partition, read, span) for partition in partitions]
        yield from heapq.merge(*shards, key=lambda position: position.key, reverse=True)


def page_of(
    positions: Iterator[Position],
    load: Callable[[Sequence[Position]], list[tuple[str, Found]]],
    limit: int,
) -> Page[Found]:
    """At most `limit` of what `load` finds and keeps, as (key, object) in the positions' order."""
    kept: list[tuple[str, Found]] = []
    chunk: list[Position] = []
    for _ in range(READ_AT_MOST // CHUNK):
        chunk = list(islice(positions, CHUNK))
        kept.extend(load(chunk))
        if len(kept) > limit:
            return Page(tuple(found for _, found in kept[:limit]), kept[limit - 1][0])
        if len(chunk) < CHUNK:
            return Page(tuple(found for _, found in kept), None)
    return Page(tuple(found for _, found in kept), chunk[-1].key)


def _partition(partition: str, read: Read, span: Span) -> Iterator[Position]:
    below = span.below
    while positions := read(partition, below, span.above, CHUNK):
        yield from positions
        if len(positions) < CHUNK:
            return
        below = positions[-1].key
