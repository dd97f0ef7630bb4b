"""Enter what has happened in the logs of events. One that fails is held back alone, and tried again."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Protocol

from tollgate.domain.event import Story
from tollgate.ports import Clock, EventLog, Held

DUE_AT_MOST = 100


class PublishingPorts(Protocol):
    @property
    def log(self) -> EventLog: ...
    @property
    def held(self) -> Held: ...
    @property
    def clock(self) -> Clock: ...


Made = Callable[[], Story | None]
"""Makes the story of a source; None: it has none. Whatever it raises holds that source back."""


def publish(sources: Sequence[tuple[str, Made]], ports: PublishingPorts) -> list[tuple[str, Exception]]:
    """Enter the stories of sources, by their ids; which of them were held back, and why.

    A later story of a subject has all of an earlier one. Raises when nothing can be held back, either.
    """
    failed: list[tuple[str, Exception]] = []
    stories: list[tuple[str, Story]] = []
    for source_id, made in sources:
        try:
            story = made()
        except Exception as failure:
            failed.append((source_id, failure))
            continue
        if story is not None and story.events:
            stories.append((source_id, story))
    for merchant_id in dict.fromkeys(story.merchant_id for _, story in stories):
        failed += _entered(
            merchant_id, [each for each in stories if each[1].merchant_id == merchant_id], ports
        )
    for source_id, _ in failed:
        ports.held.hold(source_id, ports.clock.now())
    return failed


def publish_held(
    made: Callable[[str], Story | None], ports: PublishingPorts
) -> tuple[int, list[tuple[str, Exception]]]:
    """Try again what was held back: how many, and which of them failed anew."""
    due = ports.held.due(ports.clock.now(), DUE_AT_MOST)
    failed = publish([(each, partial(made, each)) for each in due], ports)
    for source_id in due:
        if source_id not in dict(failed):
            ports.held.release(source_id)
    return len(due), failed


def _entered(
    merchant_id: str, stories: Sequence[tuple[str, Story]], ports: PublishingPorts
) -> Iterable[tuple[str, Exception]]:
    """All at once; if that fails, each alone."""
    try:
        ports.log.append(merchant_id, [story for _, story in stories])
    except Exception as failure:
        if len(stories) == 1:
            return [(stories[0][0], failure)]
    else:
        return []
    return [found for each in stories for found in _entered(merchant_id, [each], ports)]
