"""The AWS calls that the functions of the laptop cloud have made, as IAM saw them.

Nothing of a request's content is kept: of the conditions only the keys' names.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

FILE_NAME = "aws-calls.jsonl"
LIMIT = 2_000
"""Different calls; some hundred are made. What comes after that many isn't taken down."""
WRITE_SECONDS = 1.0


class FullLogError(Exception):
    """More different calls were made than the log takes down."""


@dataclass(frozen=True, order=True)
class AwsCall:
    """`role`: the function's, by its name. `action`: as IAM names it. `resource`: an ARN. `condition_keys`:
    those of the call's own that IAM could ask for, sorted. `allowed`: what the role's policy said."""

    role: str
    action: str
    resource: str
    condition_keys: tuple[str, ...]
    allowed: bool


class CallLog:
    """Calls with their number, in a file with a JSON object a line. It starts empty. Any thread records."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._counts: Counter[AwsCall] = Counter()
        self._lock = threading.Lock()
        self._written = 0.0
        self.write()

    def record(self, call: AwsCall) -> None:
        """Count a call. A new one is in the file at once, others by the next a second later or by `write`."""
        with self._lock:
            new = call not in self._counts
            if new and len(self._counts) >= LIMIT:
                return
            self._counts[call] += 1
            if new or time.monotonic() - self._written >= WRITE_SECONDS:
                self._write()

    def write(self) -> None:
        """Replace the file by all that was counted."""
        with self._lock:
            self._write()

    def _write(self) -> None:
        draft = self._path.with_suffix(".draft")
        lines = [json.dumps({**asdict(call), "count": count}) for call, count in sorted(self._counts.items())]
        draft.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        draft.replace(self._path)
        self._written = time.monotonic()


def read_calls(path: Path) -> Counter[AwsCall]:
    """What a log's file says: how often each call was made. Raises FullLogError when it may lack calls."""
    counts: Counter[AwsCall] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        values = json.loads(line)
        count, keys = values.pop("count"), tuple(values.pop("condition_keys"))
        counts[AwsCall(**values, condition_keys=keys)] = count
    if len(counts) >= LIMIT:
        raise FullLogError(f"{path} has {LIMIT} different calls; others were not taken down")
    return counts
