"""Stories on their way to the log, as rows `out_…` of the `events` table, whose stream brings them there.

A source without a stream writes its row in the transaction of the change: neither exists without the other.
"""

import json
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError

from tollgate.adapters.items import condition_failed, item_of
from tollgate.adapters.streams import Record, new_image
from tollgate.domain.audit import Resource, canonical
from tollgate.domain.event import Event, EventType, Story, entry_id


class EventOutbox:
    """The `Outbox` port on DynamoDB."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def put(self, story: Story) -> None:
        try:
            self._dynamodb.put_item(**self.write(story))
        except ClientError as error:
            if not condition_failed(error):
                raise

    def write(self, story: Story) -> dict[str, Any]:
        """The entry's write, for `PutItem` or as a `Put` of a transaction."""
        return {
            "TableName": self._table,
            "Item": item_of(outbox_row(story)),
            "ConditionExpression": "attribute_not_exists(id)",
        }


def outbox_row(story: Story) -> dict[str, Any]:
    return {
        "id": entry_id(story),
        "merchant": story.merchant_id,
        "subject": story.subject,
        "events": [canonical(_told(each)).decode() for each in story.events],
    }


def entry_of(record: Record) -> Story | None:
    """The entry that a record of the stream brings. None: it is gone."""
    row = new_image(record)
    return story_of(row) if row else None


def story_of(row: Mapping[str, Any]) -> Story:
    subject = row["subject"]
    return Story(row["merchant"], subject, tuple(_event(json.loads(each), subject) for each in row["events"]))


def _told(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.type.value,
        "at": event.at,
        "resource": [event.resource.type, event.resource.id],
        "object": dict(event.object),
        "noted": "yes" if event.noted else None,
    }


def _event(told: Mapping[str, Any], subject: str) -> Event:
    return Event(
        id=told["id"],
        type=EventType(told["type"]),
        at=told["at"],
        subject=subject,
        resource=Resource(*told["resource"]),
        object=told["object"],
        noted=told["noted"] is not None,
    )
