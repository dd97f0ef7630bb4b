"""What an item weighs, by DynamoDB's published rule (developer guide, "Item sizes and formats")."""

from collections.abc import Mapping
from typing import Any

WRITE_UNIT = 1024


def item_size(item: Mapping[str, Any]) -> int:
    """Bytes: UTF-8 names and strings; numbers about two digits a byte and one; lists and maps 3, and 1 for
    each element."""
    return sum(len(name.encode()) + value_size(value) for name, value in item.items())


def value_size(value: Mapping[str, Any]) -> int:
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "B":
            return len(content)
        case "N":
            return (len(content.strip("-0.")) + 1) // 2 + 1
        case "L":
            return 3 + sum(1 + value_size(each) for each in content)
        case "M":
            return 3 + sum(1 + len(name.encode()) + value_size(each) for name, each in content.items())
        case _:
            return 1


def write_units(size: int) -> int:
    return -(-size // WRITE_UNIT)
