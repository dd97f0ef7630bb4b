"""Merchants' logs of events, written: one writer at a time, by a condition on where the log ends.

An event enters in one transaction with its position, so whoever has seen a position can see all before it.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from tollgate.adapters.deliveries_owed import DeliveriesOwed
from tollgate.adapters.event_rows import (
    Row,
    day_sums,
    end_id,
    last_noted_id,
    log_row,
    place_row,
)
from tollgate.adapters.items import item_of
from tollgate.adapters.rows_by_id import rows_by_id
from tollgate.domain.audit import canonical
from tollgate.domain.event import Event, Story, event_object
from tollgate.domain.webhook import Delivery, Endpoint

WRITES = 96
"""Of the 100 that a transaction takes: two an event, one for each endpoint that wants it, one each for its
day and its subject."""

RACES = 12
"""How often a log is read again because somebody else has written to it: each time somebody got on."""

BACK_OFF_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class _New:
    """An event that isn't in the log yet, and the sequence that it takes."""

    event: Event
    sequence: int


class WrittenEvents:
    """The `EventLog` port on DynamoDB."""

    def __init__(self, dynamodb: Any, table: str, owed: DeliveriesOwed | None = None) -> None:
        """`owed`: None, nothing is sent to anybody."""
        self._dynamodb = dynamodb
        self._table = table
        self._owed = owed

    def append(self, merchant_id: str, stories: Sequence[Story]) -> list[str]:
        for race in range(RACES):
            try:
                return self._appended(merchant_id, stories)
            except ClientError as error:
                if error.response["Error"]["Code"] != "TransactionCanceledException" or race == RACES - 1:
                    raise
                time.sleep(BACK_OFF_SECONDS * race)  # one of them always gets on
        raise AssertionError("the last race returns or raises")

    def _appended(self, merchant_id: str, stories: Sequence[Story]) -> list[str]:
        """The end is read before everything else: what is written since makes the transaction fail."""
        end = self._end(merchant_id)
        new = list(self._new(stories))
        endpoints = self._owed.endpoints(merchant_id) if self._owed and new else ()
        at_once = WRITES // (4 + len(endpoints))
        for start in range(0, len(new), at_once):
            chunk = new[start : start + at_once]
            deliveries = [each for event in chunk for each in self._deliveries(event, endpoints)]
            self._write(merchant_id, end, chunk, deliveries)
            end += len(chunk)
            if self._owed and deliveries:
                self._owed.announce(deliveries)
        return [each.event.id for each in new]

    def _deliveries(self, new: _New, endpoints: Sequence[Endpoint]) -> list[Delivery]:
        if self._owed is None:
            return []
        message = canonical(event_object(new.event, new.sequence)).decode()
        return self._owed.deliveries(endpoints, new.event.id, new.event.type.value, message)

    def _end(self, merchant_id: str) -> int:
        answer = self._dynamodb.get_item(
            TableName=self._table, Key={"id": {"S": end_id(merchant_id)}}, ConsistentRead=True
        )
        return int(answer["Item"]["last"]["N"]) if "Item" in answer else 0

    def _new(self, stories: Sequence[Story]) -> Iterator[_New]:
        ids = [event.id for story in stories for event in story.events]
        noted = [last_noted_id(story.subject) for story in stories]
        wanted = list(dict.fromkeys([*ids, *noted]))
        known = {row["id"]: row for row in rows_by_id(self._dynamodb, self._table, wanted, consistent=True)}
        last: dict[str, int] = {}
        for story in stories:
            noted = known.get(last_noted_id(story.subject), {}).get("sequence", 0)
            told = [known[each.id]["sequence"] for each in story.events if each.id in known]
            last[story.subject] = max(last.get(story.subject, 0), noted, *told)
            for event in story.events:
                if event.id not in known:
                    last[story.subject] += 1
                    known[event.id] = {"sequence": last[story.subject]}
                    yield _New(event, last[story.subject])

    def _write(self, merchant_id: str, end: int, new: Sequence[_New], deliveries: Sequence[Delivery]) -> None:
        writes = [self._move_end(merchant_id, end, end + len(new))]
        for place, each in enumerate(new, start=end + 1):
            writes.append(self._add(place_row(each.event, merchant_id, place, each.sequence)))
            writes.append(self._add(log_row(each.event, merchant_id, place, each.sequence)))
        noted = {last_noted_id(each.event.subject): each.sequence for each in new if each.event.noted}
        writes += [self._put({"id": id, "sequence": sequence}) for id, sequence in noted.items()]
        sums = day_sums(merchant_id, [each.event for each in new])
        writes += [self._raise(day, by) for day, by in sums.items()]
        writes += [{"Put": self._owed.write(each)} for each in deliveries if self._owed]
        self._dynamodb.transact_write_items(TransactItems=writes)

    def _move_end(self, merchant_id: str, end: int, last: int) -> dict[str, Any]:
        return {
            "Update": {
                "TableName": self._table,
                "Key": item_of({"id": end_id(merchant_id)}),
                "UpdateExpression": "SET #last = :last",
                "ConditionExpression": "#last = :end" if end else "attribute_not_exists(#last)",
                "ExpressionAttributeNames": {"#last": "last"},
                "ExpressionAttributeValues": item_of({":last": last, **({":end": end} if end else {})}),
            }
        }

    def _raise(self, day: str, sums: Mapping[str, int]) -> dict[str, Any]:
        names = {f"#{number}": name for number, name in enumerate(sums)}
        return {
            "Update": {
                "TableName": self._table,
                "Key": item_of({"id": day}),
                "UpdateExpression": "ADD " + ", ".join(f"#{n} :{n}" for n in range(len(sums))),
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": item_of({f":{n}": by for n, by in enumerate(sums.values())}),
            }
        }

    def _add(self, row: Row) -> dict[str, Any]:
        put = self._put(row)
        return {"Put": {**put["Put"], "ConditionExpression": "attribute_not_exists(id)"}}

    def _put(self, row: Row) -> dict[str, Any]:
        return {"Put": {"TableName": self._table, "Item": item_of(row)}}
