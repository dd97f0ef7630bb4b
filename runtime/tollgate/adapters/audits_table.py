"""The `audits` table, as readers of the trail see it: record by record, whichever rows hold them."""

from bisect import insort
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from typing import Any

from tollgate.adapters.audit_rows import RECORDS, SPAN, Row, positions_of, records_of
from tollgate.adapters.items import row_of
from tollgate.adapters.listing_index import entry_of, newest
from tollgate.adapters.rows_by_id import rows_by_id
from tollgate.domain.audit_ids import neighbours, record_id
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
        names = [audit_id, *neighbours(audit_id, RECORDS - 1)]
        for row in rows_by_id(self._dynamodb, self._table, names, consistent=True):
            record = records_of(row).get(audit_id)
            if record is not None and row["merchant"] == merchant_id:
                return record
        return None

    def find_many(self, merchant_id: str, positions: Sequence[Position]) -> list[dict[str, Any]]:
        names = dict.fromkeys(each.shown["row"] for each in positions)
        rows = rows_by_id(self._dynamodb, self._table, list(names))
        held: dict[str, dict[str, Any]] = {}
        for row in rows:
            if row["merchant"] == merchant_id:
                held |= records_of(row)
        return [held[each.id] for each in positions if each.id in held]

    def newest(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        entries = self._entries("by_merchant", ("trail", partition), _later(below), above, limit)
        return list(islice(_records(entries, below, above), limit))

    def newest_about(self, subject: str, below: str, above: str, limit: int) -> list[Position]:
        """A payment's first row may be listed under the token that the payment was made with."""
        entries = self._entries("by_resource", ("subject", subject), _later(below), above, limit)
        first = self._first_row(subject)
        if first is not None and above <= first.key < _later(below):
            entries = merge(entries, [first], key=lambda entry: entry.key, reverse=True)
        return list(islice(_records(entries, below, above), limit))

    def _entries(
        self, index: str, partition: tuple[str, str], below: str, above: str, size: int
    ) -> Iterator[Position]:
        while entries := newest(self._dynamodb, self._table, index, partition, (above, below), size):
            yield from entries
            if len(entries) < size:
                return
            below = entries[-1].key

    def _first_row(self, subject: str) -> Position | None:
        resource = subject.partition("#")[2]
        if not resource.startswith("pay_"):
            return None
        key = {"id": {"S": record_id(resource, 1)}}
        item = self._dynamodb.get_item(TableName=self._table, Key=key).get("Item")
        row: Row = row_of(item) if item else {}
        return None if row.get("subject") in {None, subject} else entry_of(row)


def _records(entries: Iterator[Position], below: str, above: str) -> Iterator[Position]:
    """The records of rows, themselves newest first. A row's place is its last record's: none that comes after
    it has a later one."""
    waiting: list[Position] = []
    for entry in entries:
        for each in positions_of(entry):
            if above <= each.key < below:
                insort(waiting, each, key=lambda position: position.key)
        while waiting and waiting[-1].key >= entry.key:
            yield waiting.pop()
    yield from reversed(waiting)


def _later(below: str) -> str:
    """Rows with a record before `below` come before this."""
    return f"{int(below.partition('#')[0]) + SPAN:013d}~"
