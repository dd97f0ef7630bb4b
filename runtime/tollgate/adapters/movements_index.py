"""Movements, as the `events` table's index `by_day` shows them, and the sums of each day."""

from typing import Any

from tollgate.adapters.event_rows import day_id, movement_of
from tollgate.adapters.items import item_of, row_of
from tollgate.domain.day import Day
from tollgate.domain.event import Movement, Total


class MovementsIndex:
    """The `Movements` port on DynamoDB."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def of_day(self, merchant_id: str, day: Day, after: str | None, limit: int) -> list[tuple[str, Movement]]:
        answer = self._dynamodb.query(
            TableName=self._table,
            IndexName="by_day",
            KeyConditionExpression="#day = :day AND #position > :after",
            ExpressionAttributeNames={"#day": "day", "#position": "position"},
            ExpressionAttributeValues=item_of({":day": day_id(merchant_id, day), ":after": after or "0"}),
            Limit=limit,
        )
        return [(row["position"], movement_of(row["movement"])) for row in map(row_of, answer["Items"])]

    def totals(self, merchant_id: str, day: Day) -> list[Total]:
        answer = self._dynamodb.get_item(
            TableName=self._table, Key=item_of({"id": day_id(merchant_id, day)}), ConsistentRead=True
        )
        row = row_of(answer.get("Item", {}))
        currencies = sorted(name.removeprefix("count_") for name in row if name.startswith("count_"))
        return [
            Total(each, row.get(f"captured_{each}", 0), row.get(f"refunded_{each}", 0), row[f"count_{each}"])
            for each in currencies
        ]
