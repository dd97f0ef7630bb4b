"""`tollgate preflight`: whether the account is ready for a stack."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.table import Table

from onboarding import Stage
from onboarding.failure import Failure
from ops.options import LOCAL, ROOT
from ops.preflight import Finding, Prerequisite, compare, increase, prerequisites, unmet
from ops.preflight.account import AwsAccount
from ops.preflight.inventory import AwsInventory
from ops.terminal import results, say, show

AwsStack = Annotated[
    str, typer.Option("--stack", help="The Pulumi stack: dev, prod … AWS credentials from the environment.")
]


def preflight(stack: AwsStack) -> None:
    """Look for what must exist before a stack is deployed, and whether AWS's quotas are enough.

    Exit code 1 if something is missing or too small. Run it before a stage's first deployment, as an
    administrator, and whenever its limits or capacity change: a new account can have as few as 10 concurrent
    executions, and AWS takes hours to days to grant more. Nothing is changed; it says what to do, with the
    commands.
    """
    if stack == LOCAL:
        raise Failure("The laptop has no quotas.", "Name a stack in AWS: `tollgate preflight --stack dev`.")
    # Imported here: it brings Pulumi's SDK along, which takes half a second.
    from ops.preflight.stack import stack_needs  # noqa: PLC0415
    from ops.stages.settings import stage_settings  # noqa: PLC0415

    settings, needed = stage_settings(stack, ROOT), stack_needs(stack, ROOT)
    stage = Stage.named(stack, ROOT)
    say("Asking the account for what must be there …")
    inventory = AwsInventory(stage.session)
    deployed = inventory.has("role", stage.physical_name("payments"))
    wanting = unmet(prerequisites(settings, first=not deployed), inventory)
    present_prerequisites(wanting)
    say(f"Asking the account for its quotas in {stage.region} …")
    findings = compare(needed, AwsAccount(stage.session))
    present(findings, stage.region)
    if wanting or any(finding.short for finding in findings):
        raise typer.Exit(1)


def present_prerequisites(wanting: Sequence[Prerequisite]) -> None:
    """What is missing or in the way, each with why it matters and what to do."""
    if not wanting:
        show("Everything is there that must be before the stack.")
    for each in wanting:
        show(f"{'Missing' if each.wanted else 'In the way'}: {each.kind} {each.name} ({each.reason}).")
        show(f"    {each.remedy}")


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
