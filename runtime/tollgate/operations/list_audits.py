"""A merchant's audit trail, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tollgate.domain.listing import Position, partitions
from tollgate.domain.merchant import Merchant
from tollgate.operations.page import CHUNK, LOOK_AT_MOST, Filter, Page, newest_first, page_of, span
from tollgate.ports import Audits


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """`at_from` inclusive, `at_to` exclusive, milliseconds. None keeps everything."""

    resource: str | None
    actor: str | None
    action: str | None
    at_from: int | None
    at_to: int | None

    def fits(self, entry: Position) -> bool:
        """The indexes' entries say who did what: no record is read to find out."""
        actor, action = entry.shown.get("actor"), entry.shown.get("action")
        return self.actor in {None, actor} and self.action in {None, action}


def list_audits(
    merchant: Merchant, wanted: AuditFilter, start: str | None, limit: int, now: int, audits: Audits
) -> Page[dict[str, Any]]:
    """One page. `start` is the key that the page before ended with."""
    oldest = max(wanted.at_from or 0, merchant.created_at)
    newest = now + 1 if wanted.at_to is None else min(wanted.at_to, now + 1)
    limits = span(newest, oldest, start)

    def load(positions: Sequence[Position]) -> list[tuple[str, dict[str, Any]]]:
        found = {each["id"]: each for each in audits.find_many(merchant.id, positions)}
        there = [(position.key, found[position.id]) for position in positions if position.id in found]
        return [(key, each) for key, each in there if wanted.resource in {None, each["resource"]["id"]}]

    at_first = limit + 1 if wanted.actor is None and wanted.action is None else CHUNK
    if wanted.resource is None:
        entries = newest_first(partitions(merchant), audits.newest, limits, at_first)
    else:
        about = f"{merchant.id}#{wanted.resource}"
        entries = newest_first([about], audits.newest_about, limits, at_first)
    return page_of(entries, Filter(load, wanted.fits, LOOK_AT_MOST), limit)
