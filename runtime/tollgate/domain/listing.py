"""Where a merchant's records are listed: in shards that spread its writes."""

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
    """The listing partition of the record `id` made at `at` (milliseconds, UTC): `mer_…#3`."""
    return f"{merchant.id}#{_shard_of(id, _shards(merchant, at))}"


def partitions(merchant: Merchant) -> list[str]:
    """Every partition that may hold records of the merchant's, of whatever time."""
    return [f"{merchant.id}#{shard}" for shard in range(_most_shards(merchant))]


def first_partition(merchant_id: str) -> str:
    """The one partition that a merchant has, however many others."""
    return f"{merchant_id}#0"


def reference_partition(merchant_id: str, reference: str, listing: str) -> str:
    """The partition, among the merchant's records with this reference, of one that is listed in `listing`. It
    has the same shard: all of a merchant's records may have one reference."""
    return f"{_reference(merchant_id, reference)}#{listing.rpartition('#')[2]}"


def reference_partitions(merchant: Merchant, reference: str) -> list[str]:
    """Every partition that may hold records with this reference: one, unless the merchant's listings have
    shards."""
    name = _reference(merchant.id, reference)
    return [f"{name}#{shard}" for shard in range(_most_shards(merchant))]


def position(at: int, id: str) -> str:
    """A record's place within its partition: by time (milliseconds, UTC), then by id."""
    return f"{at:013d}#{id}"


def due_shard(id: str) -> str:
    """The partition in which payments wait for a follow-up: one of `due_shards()`."""
    return due_shards()[_shard_of(id, DUE_SHARDS)]


def due_shards() -> tuple[str, ...]:
    return tuple(f"due#{shard}" for shard in range(DUE_SHARDS))


def _shards(merchant: Merchant, at: int) -> int:
    month = f"{datetime.fromtimestamp(at // 1000, UTC):%Y-%m}"
    return max((entry for entry in merchant.shards if entry[0] <= month), default=("", 1))[1]


def _most_shards(merchant: Merchant) -> int:
    return max((shards for _, shards in merchant.shards), default=1)


def _reference(merchant_id: str, reference: str) -> str:
    return derived_id("", merchant_id, reference)


def _shard_of(id: str, shards: int) -> int:
    return int.from_bytes(hashlib.sha256(id.encode()).digest()[:8], "big") % shards
