"""`tollgate first-day`: what only a real account can show, tried in minutes."""

import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import requests
import typer

from onboarding import Stage
from onboarding.failure import Failure
from ops.commands.verify import AsJson, AwsStack, Rights
from ops.first_day import TRIALS, Bench, Saw, try_all
from ops.options import LOCAL, ROOT
from ops.terminal import notes, say, show
from ops.verification import Account, Outcome
from ops.verification.rights import document

TIMEOUT_SECONDS = 20
Yes = Annotated[bool, typer.Option("--yes", help="Don't ask before the trials that change something.")]


def first_day(stack: AwsStack, as_json: AsJson = False, rights: Rights = False, yes: Yes = False) -> None:
    """Try what only a real account can show, once after a first deployment. Exit code 1 if something fails.

    Takes up to twenty minutes, all trials at once. It raises an alarm, makes a sample finding, exports a
    table and backs one up: people are told of the first two. It reads no row, secret or object.
    """
    if rights:
        show(document(call for trial in TRIALS for call in trial.calls))
        return
    if stack == LOCAL:
        raise Failure("The laptop isn't AWS: it can't show this.", "Name a stack in AWS: `--stack dev`.")
    for trial in TRIALS:
        if trial.does:
            say(f"{trial.name}: {trial.does}")
    if not yes:
        typer.confirm(f"Do this to the stage '{stack}'?", abort=True, err=True)
    conclude(_tried(_bench(stack)), as_json=as_json)


def conclude(seen: Sequence[Saw], *, as_json: bool) -> None:
    """Prints what was seen. Raises Exit with code 1 if something doesn't work."""
    if as_json:
        show(json.dumps([saw.as_json() for saw in seen], indent=2))
    else:
        present(seen)
    if any(saw.outcome is Outcome.FAIL for saw in seen):
        raise typer.Exit(1)


def present(seen: Sequence[Saw]) -> None:
    """A line for each trial, and what to do about each that isn't a pass."""
    for saw in seen:
        show(f"{saw.outcome:7}  {saw.trial.name}: {saw.evidence}")
        if saw.outcome in (Outcome.FAIL, Outcome.UNKNOWN):
            show(f"         {saw.trial.otherwise}")
    counted = {outcome: sum(saw.outcome is outcome for saw in seen) for outcome in Outcome}
    show(", ".join(f"{count} {outcome}" for outcome, count in counted.items() if count) + ".")


def _bench(stack: str) -> Bench:
    stage = Stage.named(stack, ROOT)
    # Imported here: it brings Pulumi's SDK along, which takes half a second.
    from ops.graph import stack_graph  # noqa: PLC0415

    say(f"Running the program of '{stack}' without a cloud, to know what it declares …")
    account = Account(stage.session, stack_graph(stack), stage.region, datetime.now(UTC))
    return Bench(account, time.sleep, _status)


def _status(address: str) -> int:
    return requests.get(address, timeout=TIMEOUT_SECONDS, allow_redirects=False).status_code


def _tried(bench: Bench) -> Sequence[Saw]:
    heard: list[Saw] = []
    with notes.status("Trying, all at once …") as line:

        def told(saw: Saw) -> None:
            heard.append(saw)
            line.update(f"{len(heard)} of {len(TRIALS)}: {saw.trial.name}, {saw.outcome}")

        return try_all(bench, told)
