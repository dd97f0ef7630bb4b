"""DynamoDB's form of a row, and back."""

from collections.abc import Mapping
from typing import Any

from botocore.exceptions import ClientError


def item_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The item of a row of strings, integers, bytes, booleans, None, lists and mappings.

    Raises `TypeError` for a value of another type.
    """
    return {name: _attribute(value) for name, value in row.items()}


def row_of(item: Mapping[str, Any]) -> dict[str, Any]:
    """The row of an item. Numbers are integers: amounts and times have no fractions here.

    Raises `TypeError` for a type that no row of ours has, `ValueError` for a number with a fraction.
    """
    return {name: _value(attribute) for name, attribute in item.items()}


def condition_failed(error: ClientError) -> bool:
    """Whether DynamoDB refused the write because its condition doesn't hold."""
    return error.response["Error"]["Code"] == "ConditionalCheckFailedException"


def _attribute(value: Any) -> dict[str, Any]:
    match value:
        case str():
            return {"S": value}
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case None:
            return {"NULL": True}
        case bytes():
            return {"B": value}
        case list() | tuple():
            return {"L": [_attribute(each) for each in value]}
        case Mapping():
            return {"M": item_of(value)}
        case _:
            raise TypeError(f"A row can't hold a {type(value).__name__}.")


def _value(attribute: Mapping[str, Any]) -> Any:
    ((kind, content),) = attribute.items()
    match kind:
        case "S" | "BOOL" | "B":
            return content
        case "N":
            return int(content)
        case "L":
            return [_value(each) for each in content]
        case "M":
            return row_of(content)
        case "NULL":
            return None
        case _:
            raise TypeError(f"A row can't hold an attribute of type {kind}.")
