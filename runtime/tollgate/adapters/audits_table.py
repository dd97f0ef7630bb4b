"""The `audits` table, as readers of the trail see it."""

import json
from collections.abc import Sequence
from typing import Any

from tollgate.adapters.items import row_of
from tollgate.adapters.listing_index import newest
from tollgate.adapters.rows_by_id import rows_by_id
from tollgate.domain.identifiers import LONGEST_ID
from tollgate.domain.listing import Position


class AuditsTable:
    """The `Audits` port on DynamoDB."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def find(self, merchant_id: str, audit_id: str) -> dict[str, Any] | None:
        if len(audit_id) > LONGEST_ID:
            return None
        answer = self._dynamodb.get_item(
            TableName=self._table, Key={"id": {"S": audit_id}}, ConsistentRead=True
        )
        row = row_of(answer["Item"]) if "Item" in answer else None
        return json.loads(row["record"]) if row and row["merchant"] == merchant_id else None

    def find_many(self, merchant_id: str, audit_ids: Sequence[str]) -> list[dict[str, Any]]:
        rows = rows_by_id(self._dynamodb, self._table, audit_ids)
        return [json.loads(row["record"]) for row in rows if row["merchant"] == merchant_id]

    def newest(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        return newest(self._dynamodb, self._table, "by_merchant", ("trail", partition), (above, below), limit)

    def newest_about(self, subject: str, below: str, above: str, limit: int) -> list[Position]:
        return newest(self._dynamodb, self._table, "by_resource", ("subject", subject), (above, below), limit)
