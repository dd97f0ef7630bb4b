"""What was sent to an endpoint, try by try, and what is still to be sent; newest first."""

from collections.abc import Sequence
from typing import Any

from tollgate.domain.listing import Position
from tollgate.domain.webhook import Endpoint
from tollgate.operations.page import LOOK_AT_MOST, Filter, Page, newest_first, page_of, span
from tollgate.ports import Deliveries


def list_deliveries(
    endpoint: Endpoint, start: str | None, limit: int, now: int, deliveries: Deliveries
) -> Page[dict[str, Any]]:
    """One page. `start` is the key that the page before ended with."""
    limits = span(now + 1, endpoint.created_at, start)

    def load(positions: Sequence[Position]) -> list[tuple[str, dict[str, Any]]]:
        found = {each.pop("id"): each for each in deliveries.shown([p.id for p in positions])}
        return [(p.key, found[p.id]) for p in positions if p.id in found]

    entries = newest_first([endpoint.id], deliveries.newest, limits, limit + 1)
    return page_of(entries, Filter(load, lambda _: True, LOOK_AT_MOST), limit)
