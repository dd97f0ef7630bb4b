"""The `tollgate` command."""

from importlib.metadata import version
from typing import Annotated

import typer

from ops.commands import (
    capacity,
    card,
    check,
    client,
    controls,
    cost,
    demo,
    evidence,
    evidence_table,
    faults,
    fields,
    first_day,
    graph,
    iam,
    keys,
    local,
    logs,
    merchant,
    operations,
    package,
    payments,
    policy,
    preflight,
    processor,
    reconcile,
    recover,
    redrive,
    rollback,
    simulate,
    smoke,
    stage,
    uat,
    verify,
)
from ops.explaining import ExplainingGroup
from ops.terminal import show

app = typer.Typer(
    name="tollgate",
    help="Run Tollgate on this machine, and operate its stages: merchants, clients, keys, payments.\n\n"
    "New here? `tollgate local` starts everything on this machine; then try `tollgate demo` in another "
    "terminal.",
    cls=ExplainingGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",  # which fills a paragraph's lines, as wide as the terminal is
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        show(version("tollgate"))
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version, and nothing else."
        ),
    ] = False,
) -> None:
    """What all commands have."""


app.command("local")(local.serve)
app.command("capacity")(capacity.capacity)
app.command("check")(check.check)
app.command("controls")(controls.controls)
app.command("cost")(cost.cost)
app.command("demo")(demo.demo)
app.command("evidence")(evidence.evidence)
app.command("evidence-table")(evidence_table.evidence_table)
app.command("first-day")(first_day.first_day)
app.command("graph")(graph.graph)
app.command("faults")(faults.faults)
app.command("logs")(logs.logs)
app.command("package")(package.package)
app.command("preflight")(preflight.preflight)
app.command("reconcile")(reconcile.reconcile)
app.command("recover")(recover.recover)
app.command("redrive")(redrive.redrive)
app.command("rollback")(rollback.rollback)
app.command("simulate")(simulate.simulate)
app.command("smoke")(smoke.smoke)
app.command("uat")(uat.uat)
app.command("verify")(verify.verify)
app.add_typer(merchant.app)
app.add_typer(client.app)
app.add_typer(keys.app)
app.add_typer(processor.app)
app.add_typer(payments.app)
app.add_typer(operations.app)
app.add_typer(card.app)
app.add_typer(fields.app)
app.add_typer(iam.app)
app.add_typer(policy.app)
app.add_typer(stage.app)
