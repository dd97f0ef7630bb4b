"""CPU seconds side by side, for those who want them: ratios of interleaved rounds. Never a gate."""

import json
import os
import statistics
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench.account import Account
from bench.endpoint import serving
from bench.instructions import Case, cases, made, phases_of
from onboarding.failure import Failure
from ops.package.interpreter import find_interpreter


@dataclass(frozen=True, slots=True)
class Spread:
    """Of the rounds' ratios."""

    least: float
    median: float
    most: float


def measure(account: Account, token: str, rounds: int) -> dict[str, Spread]:
    """Each start beside the article's, and each warm request beside its payment. Raises Failure."""
    interpreter = find_interpreter()
    ratios: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as directory, serving(account.recorder.answers) as endpoint:
        trees = made(Path(directory), interpreter)
        environment = {**account.environment, "AWS_ENDPOINT_URL": endpoint, "PYTHONHASHSEED": "0"}
        for _ in range(rounds):
            spent: dict[str, float] = {}
            for case in cases(account, token):
                spent |= _spent(case, interpreter, trees[case.design], environment)
            payment = spent["payment: article"] + spent["payment: article's authorizer"]
            for name, seconds in spent.items():
                ratios[name].append(seconds / (spent["start: article"] if "start" in name else payment))
    return {name: Spread(min(each), statistics.median(each), max(each)) for name, each in ratios.items()}


def _spent(case: Case, interpreter: Path, tree: Path, environment: Mapping[str, str]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as directory:
        events = Path(directory) / "events.json"
        events.write_text(json.dumps(phases_of(case)), encoding="utf-8")
        done = subprocess.run(  # noqa: S603
            [str(interpreter), "-S", "-B", str(tree / "bench" / "start.py"), case.module, str(events)],
            env={**environment, "PYTHONPATH": str(tree), "PATH": os.environ.get("PATH", "")},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise Failure(f"{case.module} can't be measured: {done.stderr[-2000:]}", "Run it alone.")
    marks: list[float] = json.loads(done.stderr.splitlines()[-1])
    parts = [after - before for before, after in pairwise(marks)]
    return {case.start: parts[0], **dict(zip(case.phases, parts[2::2], strict=True))}
