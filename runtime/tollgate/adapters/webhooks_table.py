"""The `webhooks` table: endpoints, and what is on its way to them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

from tollgate.adapters.items import condition_failed, item_of, row_of
from tollgate.adapters.listing_index import newest
from tollgate.adapters.rows_by_id import rows_by_id
from tollgate.adapters.webhook_rows import (
    DUE,
    Row,
    attempt_row,
    delivery_of,
    delivery_row,
    roster_id,
    roster_of,
    roster_row,
    shown,
)
from tollgate.domain.listing import Position
from tollgate.domain.webhook import Attempt, Delivery, Roster

NEW = "attribute_not_exists(id)"


class WebhooksTable:
    """The `Endpoints` and `Deliveries` ports on DynamoDB."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def roster(self, merchant_id: str) -> Roster:
        row = self._row(roster_id(merchant_id))
        return roster_of(row) if row else Roster(merchant_id)

    def save(self, roster: Roster) -> bool:
        row = {**roster_row(roster), "version": roster.version + 1}
        if roster.version == 0:
            return self._put(row, NEW)
        return self._put(row, "#version = :before", {"#version": "version"}, {":before": roster.version})

    def remember(self, id: str, answer: Mapping[str, Any]) -> None:
        self._put({"id": id, "answer": json.dumps(answer)}, NEW)

    def recall(self, id: str) -> Mapping[str, Any] | None:
        row = self._row(id)
        return json.loads(row["answer"]) if row else None

    def write(self, delivery: Delivery) -> dict[str, Any]:
        """A new delivery's write, as a `Put` of a transaction."""
        return {"TableName": self._table, "Item": item_of(delivery_row(delivery)), "ConditionExpression": NEW}

    def add(self, deliveries: Sequence[Delivery]) -> None:
        for each in deliveries:
            self._put(delivery_row(each), NEW)

    def find(self, delivery_id: str) -> Delivery | None:
        row = self._row(delivery_id)
        return delivery_of(row) if row else None

    def claim(self, delivery: Delivery, until: int) -> bool:
        try:
            self._dynamodb.update_item(
                TableName=self._table,
                Key=item_of({"id": delivery.id}),
                UpdateExpression="SET due_at = :until, #due = :until",
                ConditionExpression="due_at = :due AND attempts = :attempts AND #status = :status",
                ExpressionAttributeNames={"#status": "status", "#due": "due"},
                ExpressionAttributeValues=item_of(
                    {
                        ":until": until,
                        ":due": delivery.due_at,
                        ":attempts": delivery.attempts,
                        ":status": delivery.status.value,
                    }
                ),
            )
        except ClientError as error:
            if condition_failed(error):
                return False
            raise
        return True

    def record(self, delivery: Delivery, attempt: Attempt | None) -> None:
        if attempt is not None:
            self._put(attempt_row(delivery, attempt))
        self._put(delivery_row(delivery))

    def due(self, now: int, limit: int) -> list[Delivery]:
        answer = self._dynamodb.query(
            TableName=self._table,
            IndexName="due",
            KeyConditionExpression="due_shard = :shard AND due <= :now",
            ExpressionAttributeValues=item_of({":shard": DUE, ":now": now}),
            Limit=limit,
        )
        ids = [row_of(item)["id"] for item in answer["Items"]]
        return [delivery_of(row) for row in rows_by_id(self._dynamodb, self._table, ids)]

    def newest(self, endpoint_id: str, below: str, above: str, limit: int) -> list[Position]:
        bounds = (above, below)
        return newest(self._dynamodb, self._table, "by_endpoint", ("endpoint", endpoint_id), bounds, limit)

    def shown(self, ids: Sequence[str]) -> list[dict[str, Any]]:
        return [{"id": row["id"], **shown(row)} for row in rows_by_id(self._dynamodb, self._table, ids)]

    def _row(self, id: str) -> Row | None:
        answer = self._dynamodb.get_item(TableName=self._table, Key=item_of({"id": id}), ConsistentRead=True)
        return row_of(answer["Item"]) if "Item" in answer else None

    def _put(
        self,
        row: Row,
        condition: str | None = None,
        names: Mapping[str, str] | None = None,
        values: Mapping[str, Any] | None = None,
    ) -> bool:
        request: dict[str, Any] = {"TableName": self._table, "Item": item_of(row)}
        if condition:
            request["ConditionExpression"] = condition
        if names and values:
            request |= {"ExpressionAttributeNames": names, "ExpressionAttributeValues": item_of(values)}
        try:
            self._dynamodb.put_item(**request)
        except ClientError as error:
            if condition and condition_failed(error):
                return False
            raise
        return True
