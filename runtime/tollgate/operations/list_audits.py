"""A merchant's audit trail, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tollgate.domain.listing import Position, months, partitions
from tollgate.domain.merchant import Merchant
from tollgate.operations.page import Page, Span, newest_first, page_of, span
from tollgate.ports import Audits


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """`at_from` inclusive, `at_to` exclusive, milliseconds. None keeps everything."""

    resource: str | None
    actor: str | None
    action: str | None
    at_from: int | None
    at_to: int | None

    def keeps(self, record: dict[str, Any]) -> bool:
        actor_fits = self.actor in {None, record["actor"]["id"]}
        return actor_fits and self.action in {None, record["action"]}


def list_audits(
    merchant: Merchant, wanted: AuditFilter, start: str | None, limit: int, now: int, audits: Audits
) -> Page[dict[str, Any]]:
    """One page. `start` is the key that the page before ended with."""
    oldest = max(wanted.at_from or 0, merchant.created_at)
    newest = now + 1 if wanted.at_to is None else min(wanted.at_to, now + 1)
    limits = span(newest, oldest)
    if start is not None:
        limits = Span(below=min(start, limits.below), above=limits.above)

    def load(positions: Sequence[Position]) -> list[tuple[str, dict[str, Any]]]:
        found = {each["id"]: each for each in audits.find_many(merchant.id, [p.id for p in positions])}
        return [(p.key, found[p.id]) for p in positions if p.id in found and wanted.keeps(found[p.id])]

    if wanted.resource is not None:
        subject = f"{merchant.id}#{wanted.resource}"
        return page_of(newest_first([[subject]], audits.newest_about, limits), load, limit)
    by_month = [partitions(merchant, month) for month in months(newest, oldest)]
    return page_of(newest_first(by_month, audits.newest, limits), load, limit)
