"""`start.py MODULE EVENTS`: one function, started, and asked in phases. What instructions are counted of.

It starts in a process of its own, from the package that Lambda would have. EVENTS: a JSON file of phases,
each a list of events. Each phase ends with a call of `getppid`, by which callgrind tells them apart; the CPU
seconds at each end are the last line that it writes to stderr.
"""

import importlib
import json
import os
import sys
import time
from pathlib import Path

from bench.context import Context


def main() -> None:
    phases = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    marks = [_mark()]
    function = importlib.import_module(sys.argv[1])
    if world := getattr(function, "world", None):
        world()
    marks.append(_mark())
    for events in phases:
        for event in events:
            answer = function.handler(event, Context()) or {}
            if answer.get("statusCode", 200) >= 300 or answer.get("batchItemFailures"):
                raise SystemExit(f"{sys.argv[1]} failed: {answer}")
        marks.append(_mark())
    print(json.dumps(marks), file=sys.stderr)


def _mark() -> float:
    os.getppid()
    return time.process_time()


if __name__ == "__main__":
    main()
