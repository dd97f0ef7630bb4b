"""Listing indexes: a partition and a `position` that sorts by time, and what else the index shows."""

from typing import Any

from tollgate.domain.listing import Position


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
    found = [_position(item, name) for item in answer["Items"]]
    return [position for position in found if position.key != below][:limit]


def _position(item: dict[str, dict[str, str]], partition: str) -> Position:
    shown = {name: value["S"] for name, value in item.items() if name not in {"id", "position", partition}}
    return Position(item["id"]["S"], item["position"]["S"], shown)
