"""Where events come from, read again: payments, the outbox, and which of them wait for another try."""

from typing import Any

from tollgate.adapters.event_outbox import story_of
from tollgate.adapters.items import item_of, row_of
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.domain.event import Story
from tollgate.domain.payment import Payment

PAUSE = 60_000
"""Milliseconds until what was held back is tried again."""

HELD = "held"


class EventSources:
    """The `Told` and `Held` ports on DynamoDB: rows `held#…` of the `events` table, in its index `due`."""

    def __init__(self, dynamodb: Any, table: str, payments: PaymentsTable) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._payments = payments

    def payment(self, payment_id: str) -> Payment | None:
        return self._payments.load(payment_id)

    def entry(self, entry_id: str) -> Story | None:
        answer = self._dynamodb.get_item(
            TableName=self._table, Key={"id": {"S": entry_id}}, ConsistentRead=True
        )
        return story_of(row_of(answer["Item"])) if "Item" in answer else None

    def hold(self, source_id: str, now: int) -> None:
        self._update(
            source_id,
            UpdateExpression="SET due_shard = :shard, due = :due",
            ExpressionAttributeValues=item_of({":shard": HELD, ":due": now + PAUSE}),
        )

    def release(self, source_id: str) -> None:
        self._update(source_id, UpdateExpression="REMOVE due_shard, due")

    def due(self, now: int, limit: int) -> list[str]:
        answer = self._dynamodb.query(
            TableName=self._table,
            IndexName="due",
            KeyConditionExpression="due_shard = :shard AND due <= :now",
            ExpressionAttributeValues=item_of({":shard": HELD, ":now": now}),
            Limit=limit,
        )
        return [row_of(item)["id"].removeprefix(f"{HELD}#") for item in answer["Items"]]

    def _update(self, source_id: str, **change: Any) -> None:
        key = item_of({"id": f"{HELD}#{source_id}"})
        self._dynamodb.update_item(TableName=self._table, Key=key, **change)
