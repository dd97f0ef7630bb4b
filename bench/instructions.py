"""Instructions of a start and of warm requests, by callgrind: free of the machine's noise."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import trees
from bench.account import Account
from bench.endpoint import serving
from bench.events import gateway_event, payment_event
from bench.flows import authorizer_event, projected
from onboarding.failure import Failure
from ops.package.interpreter import find_interpreter

WARM_UP, MEASURED = 3, 10


@dataclass(frozen=True, slots=True)
class Case:
    """A function of a design. `phases`: what it is asked when warm, by name, an event for each count."""

    design: str
    module: str
    start: str
    phases: Mapping[str, Callable[[int], dict[str, Any]]]


def unavailable() -> str | None:
    """Why instructions can't be counted here, in one line."""
    if not shutil.which("valgrind"):
        return "Instructions aren't counted: valgrind isn't installed (`apt-get install valgrind`)."
    try:
        find_interpreter()
    except Failure as failure:
        return f"Instructions aren't counted: {failure.reason}"
    return None


def measure(account: Account, token: str, report: Callable[[str], None]) -> dict[str, float]:
    """Instructions by measure: of a start (import, and all that is made before the first request), and of one
    warm request. To be called once `flows.run` has filled the account. Raises Failure."""
    interpreter = find_interpreter()
    with tempfile.TemporaryDirectory() as directory, serving(account.recorder.answers) as endpoint:
        folder = Path(directory)
        report("Building what is measured …")
        designs = made(folder, interpreter)
        environment = {**account.environment, "AWS_ENDPOINT_URL": endpoint, "PYTHONHASHSEED": "0"}
        found: dict[str, float] = {}
        for case in cases(account, token):
            report(f"Counting {case.design}'s {case.module.rpartition('.')[2]} …")
            found |= _counted(case, interpreter, designs[case.design], environment)
        return found


def made(folder: Path, interpreter: Path) -> dict[str, Path]:
    """Each design's tree, below `folder`. Raises Failure."""
    return {
        "tollgate": trees.tollgate(folder, interpreter, lambda _: None),
        "article": trees.article(folder, interpreter),
        "floor": trees.floor(folder, interpreter),
    }


def cases(account: Account, token: str) -> Sequence[Case]:
    def paid(token: str) -> Callable[[int], dict[str, Any]]:
        return lambda count: payment_event(token, f"instructions-{token}-{count}")

    listed = {"list of 20": lambda _: gateway_event("GET /v1/payments")}
    batch = projected()
    handlers = "tollgate.handlers"
    return [
        Case("article", "bench.article.payments", "start: article", {"payment: article": paid("card")}),
        Case(
            "article",
            "bench.article.authorizer",
            "start: article's authorizer",
            {"payment: article's authorizer": lambda _: authorizer_event(account)},
        ),
        Case("tollgate", f"{handlers}.payments", "start: payments", {"payment": paid(token), **listed}),
        Case("tollgate", f"{handlers}.authorizer", "start: authorizer", {}),
        Case("tollgate", f"{handlers}.worker", "start: worker", {}),
        Case("tollgate", f"{handlers}.projector", "start: projector", {"projection": lambda _: batch}),
        Case("floor", "bench.floor.payments", "start: floor", {"payment: floor": paid("card")}),
    ]


def phases_of(case: Case) -> list[list[dict[str, Any]]]:
    """Two of each of the case's: one that warms up, one that counts."""
    return [
        [event(count) for count in counts]
        for event in case.phases.values()
        for counts in (range(WARM_UP), range(WARM_UP, WARM_UP + MEASURED))
    ]


def _counted(case: Case, interpreter: Path, tree: Path, environment: Mapping[str, str]) -> dict[str, float]:
    phases = phases_of(case)
    with tempfile.TemporaryDirectory() as directory:
        events = Path(directory) / "events.json"
        events.write_text(json.dumps(phases), encoding="utf-8")
        command = ["valgrind", "--tool=callgrind", "--dump-before=getppid"]
        command += [f"--callgrind-out-file={directory}/out", str(interpreter), "-S", "-B"]
        command += [str(tree / "bench" / "start.py"), case.module, str(events)]
        done = subprocess.run(  # noqa: S603
            command,
            env={**environment, "PYTHONPATH": str(tree), "PATH": os.environ.get("PATH", "")},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Failure(
                f"{case.module} can't be counted: {done.stderr[-2000:]}", "Run it without callgrind."
            )
        parts = [_total(Path(directory) / f"out.{number + 1}") for number in range(2 + len(phases))]
    warm = dict(zip(case.phases, parts[3::2], strict=True))
    return {case.start: parts[1], **{name: part / MEASURED for name, part in warm.items()}}


def _total(dump: Path) -> int:
    """The instructions of a dump. Parts that it was cut into begin where the one before ended."""
    found = re.search(r"^(?:totals|summary): (\d+)", dump.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise Failure(f"{dump.name} has no total.", "Look whether valgrind's format has changed.")
    return int(found[1])
