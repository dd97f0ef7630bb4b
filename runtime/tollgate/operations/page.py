"""One page of a listing, newest first, over its shards.

A page looks at a bounded number of entries, however few of them a filter keeps: then it says that there is
more, and its cursor goes on from there.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from tollgate.domain.listing import Position

READ_AT_MOST = 200
"""Objects that a page reads where only they can answer a filter."""

LOOK_AT_MOST = 2000
"""Entries that a page looks at where they can answer it: some 50 of them take one read unit."""

CHUNK = 50
"""Entries of a partition that are read at first where a filter may leave most of them out; else no more than
the page can show, and one."""

LARGEST_CHUNK = 400
"""Entries that are read at once when it goes on and on: fewer round trips, and still less than the 1 MB after
which DynamoDB ends an answer."""

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


@dataclass(frozen=True, slots=True)
class Filter(Generic[Found]):
    """`load` reads entries' objects and keeps what fits, as (key, object) in their order. `fits`: whether an
    entry is worth reading. `look_at_most`: entries a page looks at."""

    load: Callable[[Sequence[Position]], list[tuple[str, Found]]]
    fits: Callable[[Position], bool]
    look_at_most: int


def span(newest: int, oldest: int, start: str | None = None) -> Span:
    """Positions from `oldest` (inclusive) to `newest` (exclusive), milliseconds, and below `start`."""
    below = f"{newest:013d}"
    return Span(below=below if start is None else min(start, below), above=f"{oldest:013d}")


def newest_first(
    partitions: Sequence[str], read: Read, span: Span, at_first: int = CHUNK
) -> Iterator[Position]:
    """Positions in the span, over the partitions merged. `at_first`: entries that are read of each before it
    goes on."""
    shards = [_partition(partition, read, span, at_first) for partition in partitions]
    return heapq.merge(*shards, key=lambda position: position.key, reverse=True)


def page_of(entries: Iterator[Position], wanted: Filter[Found], limit: int) -> Page[Found]:
    """At most `limit` of what the filter keeps."""
    kept: list[tuple[str, Found]] = []
    left, size = wanted.look_at_most, limit + 1
    while True:
        chunk, looked, goes_on = _chunk(entries, wanted, min(size, left), left)
        kept.extend(wanted.load(chunk))
        left, size = left - looked, CHUNK
        if len(kept) > limit:
            return Page(tuple(found for _, found in kept[:limit]), kept[limit - 1][0])
        if goes_on is None or left <= 0:
            return Page(tuple(found for _, found in kept), goes_on and goes_on.key)


def _chunk(
    entries: Iterator[Position], wanted: Filter[Found], size: int, left: int
) -> tuple[list[Position], int, Position | None]:
    """The next entries that fit, how many were looked at, and the last one; None at the end of all."""
    chunk: list[Position] = []
    looked = 0
    for entry in entries:
        looked += 1
        if wanted.fits(entry):
            chunk.append(entry)
        if len(chunk) == size or looked == left:
            return chunk, looked, entry
    return chunk, looked, None


def _partition(partition: str, read: Read, span: Span, size: int) -> Iterator[Position]:
    below = span.below
    while positions := read(partition, below, span.above, size):
        yield from positions
        if len(positions) < size:
            return
        below, size = positions[-1].key, min(2 * size, LARGEST_CHUNK)
