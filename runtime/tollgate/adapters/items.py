"""DynamoDB's form of a row, and back."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from boto3.dynamodb.types import Binary, TypeDeserializer, TypeSerializer
from botocore.exceptions import ClientError

_serializer = TypeSerializer()
_deserializer = TypeDeserializer()


def item_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The item of a row of strings, integers, bytes, booleans, None, lists and mappings."""
    return {name: _serializer.serialize(value) for name, value in row.items()}


def row_of(item: Mapping[str, Any]) -> dict[str, Any]:
    """The row of an item. Numbers are integers: amounts and times have no fractions here."""
    return {name: _plain(_deserializer.deserialize(value)) for name, value in item.items()}


def condition_failed(error: ClientError) -> bool:
    """Whether DynamoDB refused the write because its condition doesn't hold."""
    return error.response["Error"]["Code"] == "ConditionalCheckFailedException"


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value)
    if isinstance(value, Binary):
        return bytes(value.value)
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return value
