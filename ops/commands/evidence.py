"""`tollgate evidence`: a bundle for whoever has to believe us."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from onboarding.stack_files import stack_file
from ops.options import ROOT, ProgramRoot
from ops.terminal import say

CALLS = ROOT / "docs" / "iam-calls.json"


def evidence(
    stack: Annotated[str, typer.Option(help="The Pulumi stack that it is about.")] = "prod",
    out: Annotated[
        Path | None,
        typer.Option(help="A folder, or a file that ends with .zip.", show_default=".build/evidence-<stack>"),
    ] = None,
    root: ProgramRoot = ROOT,
) -> None:
    """Write what can be shown without an account, as JSON: controls, policies' results, grants, resources.

    The program is run without a cloud, and nothing is made. docs/evidence.md describes the files. Exit code 1
    if a mandatory policy is violated, or a grant is missing or used by nobody; the files are there even so.
    """
    # Imported here: they bring Pulumi's SDK for AWS along, which takes a second.
    from ops.controls import controls  # noqa: PLC0415
    from ops.evidence import Results, gathered, observed, write  # noqa: PLC0415
    from ops.graph import stack_graph  # noqa: PLC0415
    from ops.iam.evidence import load  # noqa: PLC0415
    from ops.policies.checking import configuration, judged  # noqa: PLC0415

    out = out or ROOT / ".build" / f"evidence-{stack}"
    say(f"Running the program for {stack}, and the policies on what it would make …")
    stack_file(stack, root)
    config = configuration(stack, root, None)
    graph = stack_graph(stack, root.resolve())
    contents = gathered(graph, controls(), Results(judged(graph, config), config), load(CALLS))
    write(contents, observed(ROOT, datetime.now(UTC)), out)
    say(f"Wrote {out}.")
    for line in contents.failed:
        say(line)
    if contents.failed:
        raise typer.Exit(1)
