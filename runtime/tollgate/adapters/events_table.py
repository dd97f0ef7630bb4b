"""The `events` table, as readers of the logs see it."""

from typing import Any

from tollgate.adapters.event_rows import end_id, event_of, log_id
from tollgate.adapters.items import row_of
from tollgate.adapters.rows_by_id import rows_by_id
from tollgate.domain.identifiers import is_id


class EventsTable:
    """The `Events` port on DynamoDB. A page is read by its positions: they have no gaps."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def position(self, merchant_id: str, event_id: str) -> int | None:
        row = self._row(event_id) if is_id(event_id) and event_id.startswith("evt_") else None
        return row["place"] if row and row["merchant"] == merchant_id else None

    def end(self, merchant_id: str) -> int:
        row = self._row(end_id(merchant_id))
        return row["last"] if row else 0

    def after(self, merchant_id: str, position: int, limit: int) -> list[dict[str, Any]]:
        last = min(position + limit, self.end(merchant_id))
        ids = [log_id(merchant_id, place) for place in range(position + 1, last + 1)]
        return [event_of(row) for row in rows_by_id(self._dynamodb, self._table, ids, consistent=True)]

    def _row(self, id: str) -> dict[str, Any] | None:
        answer = self._dynamodb.get_item(TableName=self._table, Key={"id": {"S": id}}, ConsistentRead=True)
        return row_of(answer["Item"]) if "Item" in answer else None
