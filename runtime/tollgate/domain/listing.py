"""Where a merchant's records are listed: a bucket for each month, in shards that spread its writes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tollgate.domain.identifiers import derived_id
from tollgate.domain.merchant import Merchant

DUE_SHARDS = 16
"""Enough for 8,000 payments a second: each writes twice, and a partition takes 1,000 writes a second."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where an object stands in a listing: `key` sorts by time of creation, then id. `shown`: what the
    listing itself tells of it."""

    id: str
    key: str
    shown: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Due:
    """A payment that somebody has to come back to, `at` milliseconds, UTC."""

    payment_id: str
    at: int


def partition(merchant: Merchant, at: int, id: str) -> str:
    """The listing partition of the record `id` made at `at` (milliseconds, UTC): `mer_…#2026-11#3`."""
    month = _month(at)
    return _named(merchant, month, _shard_of(id, _shards(merchant, month)))


def partitions(merchant: Merchant, month: str) -> list[str]:
    """Every partition that may hold the merchant's records of `month` (`"2026-11"`)."""
    return [_named(merchant, month, shard) for shard in range(_shards(merchant, month))]


def first_partition(merchant_id: str, at: int) -> str:
    """The one partition that a month has however many shards the merchant had in it."""
    return f"{merchant_id}#{_month(at)}#0"


def monthly(merchant: Merchant, newest: int, oldest: int) -> list[tuple[str, list[str]]]:
    """The months of a span of time (milliseconds, UTC), newest first: each one's first key and partitions."""
    return [(f"{_begin(month):013d}", partitions(merchant, month)) for month in months(newest, oldest)]


def reference_partition(merchant_id: str, reference: str, listing: str) -> str:
    """The partition, among the merchant's records with this reference, of one that is listed in `listing`. It
    has the same shard: all of a merchant's records may have one reference."""
    return f"{_reference(merchant_id, reference)}#{listing.rpartition('#')[2]}"


def reference_partitions(merchant: Merchant, reference: str) -> list[str]:
    """Every partition that may hold records with this reference: one, unless the merchant's listings have
    shards."""
    shards = max((shards for _, shards in merchant.shards), default=1)
    return [f"{_reference(merchant.id, reference)}#{shard}" for shard in range(shards)]


def position(at: int, id: str) -> str:
    """A record's place within its partition: by time (milliseconds, UTC), then by id."""
    return f"{at:013d}#{id}"


def due_shard(id: str) -> str:
    """The partition in which payments wait for a follow-up: one of `due_shards()`."""
    return due_shards()[_shard_of(id, DUE_SHARDS)]


def due_shards() -> tuple[str, ...]:
    return tuple(f"due#{shard}" for shard in range(DUE_SHARDS))


def months(newest: int, oldest: int) -> list[str]:
    """The months from the one of `newest` back to the one of `oldest` (milliseconds, UTC)."""
    year, month = map(int, _month(newest).split("-"))
    last = _month(oldest)
    found: list[str] = []
    while (name := f"{year:04d}-{month:02d}") >= last:
        found.append(name)
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found


def _month(at: int) -> str:
    return f"{datetime.fromtimestamp(at // 1000, UTC):%Y-%m}"


def _shards(merchant: Merchant, month: str) -> int:
    return max((entry for entry in merchant.shards if entry[0] <= month), default=("", 1))[1]


def _begin(month: str) -> int:
    return int(datetime.fromisoformat(f"{month}-01T00:00:00+00:00").timestamp()) * 1000


def _reference(merchant_id: str, reference: str) -> str:
    return derived_id("", merchant_id, reference)


def _shard_of(id: str, shards: int) -> int:
    return int.from_bytes(hashlib.sha256(id.encode()).digest()[:8], "big") % shards


def _named(merchant: Merchant, month: str, shard: int) -> str:
    return f"{merchant.id}#{month}#{shard}"
