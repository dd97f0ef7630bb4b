"""What DynamoDB charges, by its published rules (developer guide, "Item sizes and formats", "Read and write
operations")."""

import base64
from collections.abc import Mapping
from typing import Any

WRITE_UNIT = 1024
READ_UNIT = 4096


def item_size(item: Mapping[str, Any]) -> int:
    """Bytes: UTF-8 names and strings; numbers about two digits a byte and one; lists and maps 3, and 1 for
    each element. Binary values as they are, or in base64 as on the wire."""
    return sum(len(name.encode()) + value_size(value) for name, value in item.items())


def value_size(value: Mapping[str, Any]) -> int:
    ((kind, content),) = value.items()
    match kind:
        case "S":
            return len(content.encode())
        case "B":
            return len(base64.b64decode(content)) if isinstance(content, str) else len(content)
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


def read_units(size: int, *, consistent: bool) -> float:
    """At least half a unit: what isn't there is charged, too."""
    return max(1, -(-size // READ_UNIT)) * (1 if consistent else 0.5)
