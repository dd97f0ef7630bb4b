"""A JSON Schema in words, for a cell of a table."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec

Schema = Mapping[str, Any]
LIMITS = {"minimum": "from {}", "maximum": "to {}", "minItems": "{} or more", "maxItems": "{} at most"}


def takes(schema: Schema, sections: Mapping[str, Schema]) -> str:
    """What fits the schema; `sections`: those that it may refer to, by name."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        section = sections[name]
        return takes(section, sections) if "enum" in section else f"[{name}](#{name.lower()})"
    if "enum" in schema:
        return ", ".join(_code(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(takes(each, sections) for each in schema["anyOf"] if each != {"type": "null"})
    match schema.get("type"):
        case "array":
            kind = f"list of {takes(schema['items'], sections)}"
        case "object":
            kind = f"mapping of names to {takes(schema['additionalProperties'], sections)}"
        case "string":
            kind = f"text like {_code(schema['pattern'])}" if "pattern" in schema else "text"
        case other:
            kind = {"integer": "number", "boolean": "`true`, `false`"}.get(str(other), str(other))
    limits = [text.format(schema[limit]) for limit, text in LIMITS.items() if limit in schema]
    return " ".join([kind, *limits])


def default(value: Any) -> str:
    """What holds when a key is left out."""
    plain = msgspec.to_builtins(value)
    return "-" if plain in (None, "", [], {}) else _code(plain)


def _code(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return f"`{text}`".replace("|", "\\|")
