"""What has happened onto merchants' logs of events: from the `payments` table's stream, and from the outbox.

Delivered at least once, and in each row's order. What fails holds back its own row, and is tried again by the
clock.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from tollgate import telemetry
from tollgate.domain.event import OUTBOX, Story
from tollgate.domain.happening import happened
from tollgate.handlers.payment_story import payment_story
from tollgate.operations.publish import publish, publish_held
from tollgate.wiring.publisher import World, world

PAYMENT = "pay_"


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The `publisher` function, for a batch of a stream or by the clock. A batch of which nothing can be held
    back fails as a whole, and comes again."""
    return streamed(event["Records"], world()) if "Records" in event else again(world())


def streamed(records: list[Mapping[str, Any]], here: World) -> dict[str, Any]:
    """The last change of a row tells all: those before it in the batch are left out."""
    latest = {here.source_of(record): record for record in records}
    before = {here.source_of(record): record for record in reversed(records)}
    sources = [(id, partial(_changed, before[id], latest[id], here)) for id in latest]
    _report(len(sources), publish(sources, here))
    return {"batchItemFailures": []}


def again(here: World) -> dict[str, Any]:
    """What was held back, once more."""
    tried, failed = publish_held(partial(_stored, here=here), here)
    _report(tried, failed)
    return {"held": len(failed)}


def _report(sources: int, failed: list[tuple[str, Exception]]) -> None:
    for source_id, failure in failed:
        telemetry.not_published(failure, source_id)
    telemetry.published(sources, len(failed))


def _changed(first: Mapping[str, Any], last: Mapping[str, Any], here: World) -> Story | None:
    if here.source_of(last).startswith(OUTBOX):
        entry = here.entry_of(last)
        return entry and _whole(entry, here)
    before, after = here.before_and_after(first)[0], here.before_and_after(last)[1]
    return payment_story(after) if after and happened(after) > happened(before) else None


def _stored(source_id: str, here: World) -> Story | None:
    if source_id.startswith(OUTBOX):
        entry = here.told.entry(source_id)
        return entry and _whole(entry, here)
    payment = here.told.payment(source_id)
    return payment and payment_story(payment)


def _whole(entry: Story, here: World) -> Story:
    """What is told of a payment by somebody else comes behind all that it tells itself."""
    payment = here.told.payment(entry.subject) if entry.subject.startswith(PAYMENT) else None
    return replace(entry, events=(*payment_story(payment).events, *entry.events)) if payment else entry
