"""A merchant's events, from one on, in the order of the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tollgate.domain.errors import Code, Refusal
from tollgate.domain.event import EventType
from tollgate.ports import Events

AT_ONCE = 100
LOOK_AT_MOST = 1000
"""Events that a page looks at where a type leaves most of them out."""


@dataclass(frozen=True, slots=True)
class EventPage:
    """`next_after`: the last event that was looked at, whatever its type. None: there is no more so far."""

    events: tuple[Mapping[str, Any], ...]
    next_after: str | None


def list_events(
    merchant_id: str, after: str | None, type_: EventType | None, limit: int, events: Events
) -> EventPage:
    """At most `limit` behind the event `after`, or from the first. Raises `Refusal` (`invalid_cursor`)."""
    position = 0 if after is None else events.position(merchant_id, after)
    if position is None:
        raise Refusal(Code.INVALID_CURSOR, "`after` isn't the id of an event of yours.")
    kept: list[Mapping[str, Any]] = []
    looked, seen = 0, after
    while looked < LOOK_AT_MOST:
        size = limit + 1 if type_ is None else AT_ONCE
        chunk = events.after(merchant_id, position + looked, size)
        for event in chunk:
            if len(kept) == limit:
                return EventPage(tuple(kept), seen)
            looked, seen = looked + 1, event["id"]
            if type_ in {None, event["type"]}:
                kept.append(event)
        if len(chunk) < size:
            return EventPage(tuple(kept), None)
    return EventPage(tuple(kept), seen)
