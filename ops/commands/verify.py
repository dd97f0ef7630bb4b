"""`tollgate verify`: whether a deployed stage is what its program says, and works."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.table import Table

from onboarding import Stage
from onboarding.failure import Failure
from ops.options import LOCAL, ROOT
from ops.terminal import notes, results, say, show
from ops.verification import CHECKS, Account, Outcome, Verdict
from ops.verification import verify as verify_account
from ops.verification.rights import document

AwsStack = Annotated[
    str, typer.Option("--stack", help="The Pulumi stack: dev, prod … AWS credentials from the environment.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the verdicts as JSON.")]
Rights = Annotated[
    bool, typer.Option("--rights", help="Only print the rights that this takes, as an IAM policy.")
]


def verify(stack: AwsStack, as_json: AsJson = False, rights: Rights = False) -> None:
    """Compare a deployed stage with its program, and look whether it works. Exit code 1 if something fails.

    It reads how the account is set up and lines of the access log, no row, secret or object, and changes
    nothing. What the credentials may not read is unknown, with the right that is missing, and never a pass.
    """
    if rights:
        show(document(call for check in CHECKS for call in check.calls))
        return
    if stack == LOCAL:
        raise Failure(
            "The laptop isn't AWS: there is nothing to verify.", "Name a stack in AWS: `--stack dev`."
        )
    conclude(_asked(_account(stack)), as_json=as_json)


def conclude(verdicts: Sequence[Verdict], *, as_json: bool) -> None:
    """Prints the verdicts. Raises Exit with code 1 if one is a failure."""
    if as_json:
        show(json.dumps([verdict.as_json() for verdict in verdicts], indent=2))
    else:
        present(verdicts)
    if any(verdict.outcome is Outcome.FAIL for verdict in verdicts):
        raise typer.Exit(1)


def _account(stack: str) -> Account:
    stage = Stage.named(stack, ROOT)
    # Imported here: it brings Pulumi's SDK along, which takes half a second.
    from ops.graph import stack_graph  # noqa: PLC0415

    say(f"Running the program of '{stack}' without a cloud, to know what it declares …")
    return Account(stage.session, stack_graph(stack), stage.region, datetime.now(UTC))


def _asked(account: Account) -> Sequence[Verdict]:
    heard: list[Verdict] = []
    with notes.status("Asking the account …") as line:

        def told(verdict: Verdict) -> None:
            heard.append(verdict)
            line.update(f"{len(heard)} of {len(CHECKS)}: {verdict.check.topic}, {verdict.check.name}")

        return verify_account(account, told)


def present(verdicts: Sequence[Verdict]) -> None:
    """A table of all verdicts, then what to do about each that isn't a pass."""
    table = Table("", "topic", "check", "shows", box=SIMPLE)
    for verdict in verdicts:
        check = verdict.check
        table.add_row(verdict.outcome, check.topic, check.name, check.shows)
    results.print(table)
    for verdict in verdicts:
        if verdict.outcome in (Outcome.FAIL, Outcome.UNKNOWN):
            show(f"{verdict.outcome}  {verdict.check.topic}, {verdict.check.name}: {verdict.evidence}")
            show(f"      {verdict.check.remedy}")
    counted = {outcome: sum(v.outcome is outcome for v in verdicts) for outcome in Outcome}
    show(", ".join(f"{count} {outcome}" for outcome, count in counted.items() if count) + ".")
