"""Rows read by their ids, many at once."""

from collections.abc import Iterator, Sequence
from typing import Any

from tollgate.adapters.items import row_of

BATCH = 100
"""DynamoDB's limit of keys in one BatchGetItem."""


def rows_by_id(
    dynamodb: Any, table: str, ids: Sequence[str], *, consistent: bool = False
) -> Iterator[dict[str, Any]]:
    """The rows that exist, in the order of `ids`. `consistent`: with every write that was done before."""
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(ids), BATCH):
        for row in _batch(dynamodb, table, ids[start : start + BATCH], consistent):
            found[row["id"]] = row
    return (found[id] for id in ids if id in found)


def _batch(dynamodb: Any, table: str, ids: Sequence[str], consistent: bool) -> Iterator[dict[str, Any]]:
    keys = [{"id": {"S": id}} for id in ids]
    wanted: dict[str, Any] = {table: {"Keys": keys, "ConsistentRead": consistent}}
    while wanted:
        answer = dynamodb.batch_get_item(RequestItems=wanted)
        yield from (row_of(item) for item in answer["Responses"].get(table, []))
        wanted = answer.get("UnprocessedKeys") or {}
