"""`tollgate graph`: what a stack consists of, as a picture or a list."""

from pathlib import Path
from typing import Annotated

import typer

from engine import Graph
from local.provisioning import RECORDED
from ops.graph import stack_graph
from ops.graph.inventory import inventory
from ops.graph.mermaid import flowchart
from ops.options import ROOT, ProgramRoot
from ops.terminal import say, show

Stacks = Annotated[
    list[str] | None,
    typer.Option(
        "--stack", help="A Pulumi stack; with --resources several are compared.", show_default="prod"
    ),
]
Resources = Annotated[bool, typer.Option("--resources", help="A table of all resources and their purpose.")]
NotEmulated = Annotated[
    bool, typer.Option("--not-emulated", help="Only what the laptop cloud takes note of and doesn't run.")
]
Out = Annotated[Path | None, typer.Option(help="Write to this file instead.", dir_okay=False)]


def graph(
    stack: Stacks = None,
    resources: Resources = False,
    not_emulated: NotEmulated = False,
    out: Out = None,
    root: ProgramRoot = ROOT,
) -> None:
    """Show what `pulumi up` would make, without an AWS account: the program is run, and nothing is created.

    The picture is a Mermaid flowchart, which GitHub and most editors draw. Its arrows are read from
    permissions, mappings and policies, so that it shows what the stack allows and not what somebody drew.
    """
    graphs = [stack_graph(name, root.resolve()) for name in stack or ["prod"]]
    if not_emulated:
        text = "".join(f"{line}\n" for each in graphs for line in _not_emulated(each))
    elif resources:
        text = inventory(graphs)
    else:
        text = "\n".join(flowchart(each) for each in graphs)
    if out is None:
        show(text.rstrip("\n"))
        return
    out.write_text(text, encoding="utf-8")
    say(f"Wrote {out}.")


def _not_emulated(stack: Graph) -> list[str]:
    return sorted(f"{node.type} {node.name}" for node in stack.nodes.values() if node.type in RECORDED)
