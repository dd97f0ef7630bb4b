"""A line for each request that the API has answered, and for each warning or failure of a function.

Nothing that a caller chose stands in it: of a path the constant parts, of a failure its type and place.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from ministack.services import lambda_svc

LEVELS = {"WARNING", "ERROR", "CRITICAL"}
OURS = "tollgate/"

_CONSTANT = re.compile(r"v1|[a-z._-]{1,24}")


class RequestLog:
    """Lines for people, in a file that starts empty. Any thread writes."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", buffering=1)
        self._lock = threading.Lock()

    def answered(self, method: str, path: str, status: int, seconds: float) -> None:
        self._write(f"{status}  {round(seconds * 1000):>5} ms  {method} {_shown(path)}")

    def complained(self, function: str, words: str) -> None:
        self._write(f"           {function}: {words}")

    def _write(self, words: str) -> None:
        with self._lock:
            self._file.write(f"{time.strftime('%H:%M:%S')}  {words}\n")


def install(log: RequestLog) -> None:
    """What functions complain of is written, too."""
    emit = lambda_svc._emit_lambda_logs

    def emit_and_note(
        function: dict[str, Any], request_id: str, text: str, failed: bool, *rest: Any, **keywords: Any
    ) -> None:
        name = (function.get("config") or function).get("FunctionName", "")
        for words in complaints(text, failed=failed):
            log.complained(name, words)
        emit(function, request_id, text, failed, *rest, **keywords)

    lambda_svc._emit_lambda_logs = emit_and_note


def complaints(text: str, *, failed: bool) -> Iterator[str]:
    """What a function's log has to complain of. Of one that `failed` without a word, its last line."""
    found = False
    lines = [line for line in (text or "").splitlines() if line.strip()]
    for line in lines:
        with suppress(ValueError, AttributeError):
            entry = json.loads(line)
            if entry.get("level") in LEVELS:
                found = True
                yield _words(entry)
    if failed and not found and lines:
        yield lines[-1]


def _words(entry: dict[str, Any]) -> str:
    what = entry.get("failure") or entry.get("message")
    reason = f": {entry['reason']}" if entry.get("reason") else ""
    at: list[str] = entry.get("at") or []
    place = next((each for each in reversed(at) if each.startswith(OURS)), at[-1] if at else None)
    return f"{what}{reason}" + (f" at runtime/{place}" if place and place.startswith(OURS) else "")


def _shown(path: str) -> str:
    return "/".join(part if not part or _CONSTANT.fullmatch(part) else "…" for part in path.split("/"))
