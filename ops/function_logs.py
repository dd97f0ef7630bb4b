"""What the functions have logged, oldest first, in words for people."""

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from onboarding import Stage

LOOK_SECONDS = 1
LATE_MS = 5_000
"""An entry can become readable some seconds after it was written."""
OWN = {"level", "message", "timestamp", "service", "location"}
"""Members that every entry has; those of functions that are worth a look come after."""
PLATFORM = ("START ", "END ", "REPORT ", "INIT_START ")


@dataclass(frozen=True, order=True, slots=True)
class Entry:
    """`at`: milliseconds since the epoch. `stream` and `place` order what is of one time. `text`: as the
    function wrote it."""

    at: int
    function: str
    stream: str
    place: int
    text: str


def entries(stage: Stage, groups: Sequence[str], since: int, *, follow: bool) -> Iterator[Entry]:
    """Entries of these log groups since a time, in milliseconds; with `follow` for ever."""
    seen: set[Entry] = set()
    while True:
        found = {entry for group in groups for entry in _entries(stage, group, since)}
        yield from sorted(found - seen)
        if not follow:
            return
        since = max([since, *(entry.at - LATE_MS for entry in found)])
        seen = {entry for entry in found if entry.at >= since}
        time.sleep(LOOK_SECONDS)


def line(entry: Entry) -> str | None:
    """The entry on one line. None: the platform's own, or a metric."""
    if entry.text.startswith(PLATFORM):
        return None
    words = _words(entry.text)
    if words is None:
        return None
    at = time.strftime("%H:%M:%S", time.gmtime(entry.at / 1000))
    return f"{at}  {entry.function}  {words}"


def _words(text: str) -> str | None:
    try:
        logged = json.loads(text)
    except ValueError:
        return text
    if not isinstance(logged, dict) or "level" not in logged:
        return None if isinstance(logged, dict) and "_aws" in logged else text
    members = {name: value for name, value in logged.items() if name not in OWN and value is not None}
    rest = " ".join(f"{name}={_short(value)}" for name, value in members.items())
    return f"{logged['level']} {logged.get('message', '')} {rest}".rstrip()


def _short(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _entries(stage: Stage, group: str, since: int) -> Iterator[Entry]:
    pages = stage.logs.get_paginator("filter_log_events").paginate(logGroupName=group, startTime=since)
    for page in pages:
        for number, event in enumerate(page["events"]):
            stream, text = event["logStreamName"], event["message"].rstrip()
            yield Entry(event["timestamp"], group.rpartition("/")[2], stream, number, text)
