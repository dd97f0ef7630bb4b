"""What a function answered, as ministack hands it on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def answer(result: Mapping[str, Any] | None) -> dict[str, Any]:
    """The JSON object that a successful invocation returned; empty for a failed one or another value."""
    if not result or result.get("error"):
        return {}
    body = result.get("body")
    parsed = json.loads(body) if isinstance(body, str | bytes) and body else body
    return parsed if isinstance(parsed, dict) else {}
