"""Listing indexes: a partition and a `position` that sorts by time, and what else the index shows."""

from collections.abc import Mapping
from typing import Any

from tollgate.adapters.items import row_of
from tollgate.domain.listing import Position

SHOWN = ("action", "actor", "holds")
"""Members of rows that indexes show."""


def newest(
    dynamodb: Any, table: str, index: str, partition: tuple[str, str], bounds: tuple[str, str], limit: int
) -> list[Position]:
    """Positions in `bounds` (from, inclusive; to, exclusive), newest first, at most `limit`.

    `partition`: the index's hash key, as name and value.
    """
    above, below = bounds
    if above >= below:
        return []
    name, value = partition
    answer = dynamodb.query(
        TableName=table,
        IndexName=index,
        KeyConditionExpression="#partition = :partition AND #position BETWEEN :above AND :below",
        ExpressionAttributeNames={"#partition": name, "#position": "position"},
        ExpressionAttributeValues={
            ":partition": {"S": value},
            ":above": {"S": above},
            ":below": {"S": below},
        },
        ScanIndexForward=False,
        Limit=limit + 1,  # BETWEEN includes `below` itself
    )
    found = [entry_of(row_of(item)) for item in answer["Items"]]
    return [position for position in found if position.key != below][:limit]


def entry_of(row: Mapping[str, str]) -> Position:
    """A row, or what an index has of it, as an entry of the listing. It shows what the row has of `SHOWN`."""
    return Position(row["id"], row["position"], {name: row[name] for name in SHOWN if name in row})
