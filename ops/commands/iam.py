"""`tollgate iam …`: what the functions may do, who uses it, and what a real account says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE
from rich.table import Table

from onboarding import Stage
from onboarding.failure import Failure
from ops.options import LOCAL, ROOT, ProgramRoot
from ops.terminal import results, say, show

if TYPE_CHECKING:
    from ops.iam.simulation import Verdict

EVIDENCE = ROOT / "docs" / "iam-calls.json"

app = typer.Typer(
    name="iam",
    help="What each function may do in AWS, whether it needs it, and whether IAM agrees.",
    no_args_is_help=True,
)


@app.command("report")
def report_grants(
    stack: Annotated[str, typer.Option(help="The Pulumi stack whose grants are shown.")] = "prod",
    out: Annotated[Path | None, typer.Option(help="Write to this file instead.", dir_okay=False)] = None,
    root: ProgramRoot = ROOT,
) -> None:
    """Show each function's grants with who uses them. Exit code 1 if nobody uses one, or one is missing.

    The grants are read from the program, the calls from docs/iam-calls.json: no AWS account is needed, and
    nothing is made. To record the calls anew: `.venv/bin/pytest tests/e2e --keep-calls`.
    """
    # Imported here: they bring Pulumi's SDK along, which takes half a second.
    from ops.graph import stack_graph  # noqa: PLC0415
    from ops.iam import comparison, evidence  # noqa: PLC0415
    from ops.iam.grants import grants  # noqa: PLC0415
    from ops.iam.report import report  # noqa: PLC0415

    say(f"Running the program for {stack} …")
    granted, kept = grants(stack_graph(stack, root.resolve())), evidence.load(EVIDENCE)
    measured = comparison.measure(granted, kept)
    text = report(stack, measured)
    if out is None:
        show(text.rstrip("\n"))
    else:
        out.write_text(text, encoding="utf-8")
        say(f"Wrote {out}.")
    wrong = [
        *(f"Nobody uses it: {each}." for each in comparison.unexplained(measured)),
        *(f"Nothing allows it: {each}." for each in comparison.insufficient(granted, kept)),
    ]
    for line in wrong:
        say(line)
    if wrong:
        raise typer.Exit(1)


@app.command("simulate")
def simulate_calls(
    stack: Annotated[
        str,
        typer.Option("--stack", help="The Pulumi stack: dev, prod … AWS credentials from the environment."),
    ],
) -> None:
    """Have IAM decide on every call that must be allowed or refused. Exit code 1 if it decides otherwise.

    IAM's policy simulator takes the roles as they are deployed, with their permissions boundary and the
    organization's policies; keys' and queues' own policies it doesn't look at. Nothing is called, nothing is
    changed. It takes some minutes. Needs iam:SimulatePrincipalPolicy, kms:DescribeKey,
    secretsmanager:DescribeSecret and dynamodb:DescribeTable.
    """
    if stack == LOCAL:
        raise Failure(
            "The laptop has no policy simulator; there the calls themselves are refused.",
            "Name a stack in AWS: `tollgate iam simulate --stack dev`.",
        )
    from infra.access import FUNCTIONS  # noqa: PLC0415
    from ops.graph import stack_graph  # noqa: PLC0415
    from ops.iam.names import Names  # noqa: PLC0415
    from ops.iam.real_arns import RealArns  # noqa: PLC0415
    from ops.iam.simulation import cases, simulate  # noqa: PLC0415

    stage = Stage.named(stack, ROOT)
    say(f"Running the program for {stack} …")
    graph = stack_graph(stack)
    names, asked = Names.of_graph(graph), cases(graph, RealArns(stage))
    verdicts: list[Verdict] = []
    for function in FUNCTIONS:
        mine = [case for case in asked if case.function == function]
        say(f"{function}: asking IAM about {len(mine)} calls …")
        verdicts += simulate(stage.iam, {function: names.arn(f"role/{function}")}, mine)
    present(verdicts)
    if not all(verdict.right for verdict in verdicts):
        raise typer.Exit(1)


def present(verdicts: Sequence[Verdict]) -> None:
    """A table of all functions, and each call on which IAM decides otherwise."""
    table = Table("function", "allowed", "refused", "otherwise", box=SIMPLE)
    for function in dict.fromkeys(verdict.case.function for verdict in verdicts):
        mine = [verdict for verdict in verdicts if verdict.case.function == function]
        right = [verdict.case.allowed for verdict in mine if verdict.right]
        table.add_row(function, str(sum(right)), str(right.count(False)), str(len(mine) - len(right)))
    results.print(table)
    wrong = [verdict for verdict in verdicts if not verdict.right]
    for verdict in wrong:
        case = verdict.case
        expected = "allowed" if case.allowed else "refused"
        call = f"{case.function}: {case.action} on {case.arn}"
        show(f"{call}: should be {expected}, IAM says {verdict.decision}")
    if not wrong:
        show("IAM decides on every call as it should.")
