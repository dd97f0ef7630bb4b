"""Property values as the program sends them: plain JSON, assets, secrets and values not yet known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class UnknownType:
    """The type of `Unknown`: a value that only an update can know."""

    def __repr__(self) -> str:
        return "<unknown>"


Unknown = UnknownType()


@dataclass(frozen=True)
class Secret:
    """A value that the program marked as secret. Its repr never shows it."""

    value: Any

    def __repr__(self) -> str:
        return "Secret(...)"


def reveal(value: Any) -> Any:
    """The same value with every `Secret` opened, nested ones too."""
    if isinstance(value, Secret):
        return reveal(value.value)
    if isinstance(value, dict):
        return {key: reveal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [reveal(item) for item in value]
    return value


def has_unknown(value: Any) -> bool:
    """Whether the value is, or holds at any depth, `Unknown`."""
    if isinstance(value, Secret):
        return has_unknown(value.value)
    if isinstance(value, dict):
        return any(has_unknown(item) for item in value.values())
    if isinstance(value, list):
        return any(has_unknown(item) for item in value)
    return value is Unknown
