"""Logs of events in memory, and what waits to be entered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from tollgate.domain.event import Event, Story, event_object


class FakeEventLog:
    """The `EventLog` and `Events` ports. While `broken`, nothing can be entered."""

    def __init__(self) -> None:
        self.entered: dict[str, list[Event]] = defaultdict(list)
        self.logs: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.broken = False

    def append(self, merchant_id: str, stories: Sequence[Story]) -> list[str]:
        if self.broken:
            raise ConnectionError("the log can't be reached")
        new: list[str] = []
        for event in (each for story in stories for each in story.events):
            entered = self.entered[merchant_id]
            if event.id not in {each.id for each in entered}:
                sequence = 1 + sum(each.subject == event.subject for each in entered)
                entered.append(event)
                self.logs[merchant_id].append(event_object(event, sequence))
                new.append(event.id)
        return new

    def position(self, merchant_id: str, event_id: str) -> int | None:
        ids = [each["id"] for each in self.logs[merchant_id]]
        return ids.index(event_id) + 1 if event_id in ids else None

    def after(self, merchant_id: str, position: int, limit: int) -> list[Mapping[str, Any]]:
        return list(self.logs[merchant_id][position : position + limit])


class FakeOutbox:
    """The `Outbox` port."""

    def __init__(self) -> None:
        self.stories: list[Story] = []

    def put(self, story: Story) -> None:
        if story.events[-1].id not in {each.events[-1].id for each in self.stories}:
            self.stories.append(story)


class FakeHeld:
    """The `Held` port."""

    def __init__(self) -> None:
        self.waiting: dict[str, int] = {}

    def hold(self, source_id: str, now: int) -> None:
        self.waiting[source_id] = now + 60_000

    def due(self, now: int, limit: int) -> list[str]:
        ripe = sorted((at, id) for id, at in self.waiting.items() if at <= now)
        return [id for _, id in ripe][:limit]

    def release(self, source_id: str) -> None:
        self.waiting.pop(source_id, None)
