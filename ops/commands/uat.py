"""`tollgate uat`: what is assumed of Payroc, asked of its test environment."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer
import yaml
from rich.table import Table

from onboarding.failure import Failure
from onboarding.stack_files import stack_file
from ops.options import DEFAULT_STATE_DIR, LOCAL, ROOT, Stack, StateDir, local_description, open_stage
from ops.terminal import results, say, show
from ops.uat.hosts import Hosts
from ops.uat.run import Finding, Verdict, carry_out, compare

DIFFERENT = 1
Account = Annotated[
    str | None,
    typer.Option(help="Take the API key of this processor account from the stack's secret store."),
]


def uat(
    payroc: Annotated[
        bool,
        typer.Option(
            "--payroc",
            help="Ask Payroc's test environment instead of the laptop's simulator. PAYROC_UAT_TERMINAL and "
            "PAYROC_UAT_API_KEY come from the environment.",
        ),
    ] = False,
    account: Account = None,
    into: Annotated[
        Path | None,
        typer.Option(help="Keep what was said in this folder, redacted. What is there isn't asked again."),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(help="Hold the simulator against what is kept in this folder instead."),
    ] = None,
    stack: Stack = LOCAL,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Ask the processor some forty things, and compare its answers with what is assumed of it.

    On the laptop it needs `tollgate local`, and closes the simulator's batch. At Payroc nobody can do that:
    what needs a closed batch is `not yet`, and found out when the command runs again a day later with the
    same --into. No production host is ever asked.
    """
    hosts = _payroc(account, stack, state_dir) if payroc else _simulator(state_dir)
    if against is not None:
        _show_comparison(against, hosts)
        return
    findings: list[Finding] = []
    for finding in carry_out(hosts, into):
        findings.append(finding)
        say(f"{len(findings)}: {finding.exchange.name}: {finding.verdict}")
    results.print(_table(findings))
    if any(finding.verdict is Verdict.DIFFERS for finding in findings):
        raise typer.Exit(DIFFERENT)


def _simulator(state_dir: Path) -> Hosts:
    local = local_description(state_dir)
    return Hosts.simulator(local["simulator_url"], local["simulator_api_key"])


def _payroc(account: str | None, stack: str, state_dir: Path) -> Hosts:
    if account is None:
        return Hosts.payroc(os.environ)
    settings = yaml.safe_load(stack_file(stack, ROOT).read_text())["config"]
    if settings["tollgate:processor_accounts"].get(account) != {"environment": "uat"}:
        raise Failure(
            f"The stack '{stack}' has no account '{account}' at Payroc's test environment.",
            "Name one of its tollgate:processor_accounts with `environment: uat`.",
        )
    stage = open_stage(stack, state_dir)
    secret = stage.secretsmanager.get_secret_value(SecretId=stage.physical_name(f"processor-{account}"))
    return Hosts.payroc(os.environ, json.loads(secret["SecretString"])["api_key"])


def _show_comparison(folder: Path, hosts: Hosts) -> None:
    agreed, disagreed = 0, 0
    for name, lines in compare(folder, hosts):
        agreed, disagreed = agreed + (not lines), disagreed + bool(lines)
        for line in lines:
            show(f"{name}: {line}")
    show(f"{agreed} agree, {disagreed} differ.")
    if disagreed:
        raise typer.Exit(DIFFERENT)


def _table(findings: list[Finding]) -> Table:
    table = Table("exchange", "", "assumed", "what differs")
    table.columns[0].no_wrap = True
    for finding in findings:
        what = "\n".join(finding.differences) or finding.remark
        table.add_row(finding.exchange.name, finding.verdict.value, finding.exchange.assumption, what)
    return table
