"""Policy documents as AWS gives them back: in another order, and lists of one as their only entry."""

import json
from collections.abc import Mapping
from typing import Any


def same(live: str | Mapping[str, Any], declared: str | Mapping[str, Any]) -> bool:
    """Whether two documents say the same."""
    return _canonical(_read(live)) == _canonical(_read(declared))


def _read(document: str | Mapping[str, Any]) -> Any:
    return json.loads(document) if isinstance(document, str) else document


def _canonical(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _canonical(each) for key, each in value.items()}
    if isinstance(value, list):
        entries = sorted(
            (_canonical(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True)
        )
        return entries[0] if len(entries) == 1 else entries
    return value
