"""`tollgate preflight`: whether the account is ready for a stack."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.table import Table

from ops.failure import Failure
from ops.onboarding import Stage
from ops.options import LOCAL, ROOT
from ops.preflight import Finding, compare, increase
from ops.preflight.account import AwsAccount
from ops.terminal import results, say, show

AwsStack = Annotated[
    str, typer.Option("--stack", help="The Pulumi stack: dev, prod … AWS credentials from the environment.")
]


def preflight(stack: AwsStack) -> None:
    """Compare AWS's quotas with what a stack's settings count on. Exit code 1 if one must be raised.

    Run it before a stage's first deployment, and whenever its limits or capacity change: a new account can
    have as few as 10 concurrent executions, and AWS takes hours to days to grant more. Nothing is changed;
    for each quota that is too small it prints the command that asks AWS for more.
    """
    if stack == LOCAL:
        raise Failure("The laptop has no quotas.", "Name a stack in AWS: `tollgate preflight --stack dev`.")
    # Imported here: it brings Pulumi's SDK along, which takes half a second.
    from ops.preflight.stack import stack_needs  # noqa: PLC0415

    needed = stack_needs(stack, ROOT)
    stage = Stage.named(stack, ROOT)
    say(f"Asking the account for its quotas in {stage.region} …")
    findings = compare(needed, AwsAccount(stage.session))
    present(findings, stage.region)
    if any(finding.short for finding in findings):
        raise typer.Exit(1)


def present(findings: Sequence[Finding], region: str) -> None:
    """A table of all quotas, and what to do about each that is too small."""
    results.print(_table(findings))
    short = [finding.need for finding in findings if finding.short]
    if not short:
        show("The account grants what the stack counts on.")
        return
    show(f"{len(short)} too small. Ask AWS for more, or lower the settings:\n")
    for need in short:
        show(increase(need, region))


def _table(findings: Sequence[Finding]) -> Table:
    table = Table("", "service", "quota", "needed", "granted", "needed for", box=SIMPLE)
    table.columns[-1].overflow = "fold"  # a setting's name is one long word
    for finding in findings:
        need = finding.need
        table.add_row(
            _mark(finding),
            need.quota.service,
            need.quota.name,
            f"{need.at_least:,}",
            "not told" if finding.granted is None else f"{finding.granted:,.0f}",
            need.reason,
        )
    return table


def _mark(finding: Finding) -> str:
    if finding.granted is None:
        return "?"
    return "raise" if finding.short else "ok"
