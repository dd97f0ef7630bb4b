"""Tables as the stage has them."""

from collections.abc import Collection, Mapping
from typing import Any

import boto3


def create_table(
    name: str,
    indexes: Mapping[str, tuple[str, str]] | None = None,
    numbers: Collection[str] = (),
    shows: Collection[str] = (),
    dynamodb: Any = None,
) -> Any:
    """A table with the hash key `id`, and indexes by (hash key, range key). Its DynamoDB client.

    Keys are strings, but for `numbers`. Indexes hold keys only, and what they all `show`.
    """
    keys = {"id", *(key for index in (indexes or {}).values() for key in index)}
    request: dict[str, Any] = {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            {"AttributeName": key, "AttributeType": "N" if key in numbers else "S"} for key in sorted(keys)
        ],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    }
    if indexes:
        request["GlobalSecondaryIndexes"] = [_index(index, *keys, shows) for index, keys in indexes.items()]
    dynamodb = dynamodb or boto3.client("dynamodb")
    dynamodb.create_table(**request)
    return dynamodb


def _index(name: str, hash_key: str, range_key: str, shows: Collection[str]) -> dict[str, Any]:
    included = {"ProjectionType": "INCLUDE", "NonKeyAttributes": list(shows)}
    return {
        "IndexName": name,
        "KeySchema": [
            {"AttributeName": hash_key, "KeyType": "HASH"},
            {"AttributeName": range_key, "KeyType": "RANGE"},
        ],
        "Projection": included if shows else {"ProjectionType": "KEYS_ONLY"},
    }
