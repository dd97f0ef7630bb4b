"""`tollgate graph`: what a stack consists of, as a picture or a list."""

from pathlib import Path
from typing import Annotated

import typer

from engine import Graph
from local.provisioning import RECORDED
from ops.graph import stack_graph
from ops.graph.inventory import inventory
from ops.graph.picture import picture
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
Out = Annotated[
    Path | None,
    typer.Option(
        help="Write to this file.", dir_okay=False, show_default="<stack>.svg; lists to the terminal"
    ),
]


def graph(
    stack: Stacks = None,
    resources: Resources = False,
    not_emulated: NotEmulated = False,
    out: Out = None,
    root: ProgramRoot = ROOT,
) -> None:
    """Show what `pulumi up` would make, without an AWS account: the program is run, and nothing is created.

    The picture is an SVG file, for any browser: which function reads, writes or is started by what. It is
    read from permissions, mappings and policies: it shows what the stack allows and not what somebody drew.
    """
    say(f"running the program of {', '.join(stack or ['prod'])}")
    graphs = [stack_graph(name, root.resolve()) for name in stack or ["prod"]]
    if not_emulated:
        text = "".join(f"{line}\n" for each in graphs for line in _not_emulated(each))
    elif resources:
        text = inventory(graphs)
    elif len(graphs) > 1:
        raise typer.BadParameter("a picture is of one stack", param_hint="--stack")
    else:
        text, out = picture(graphs[0]), out or Path(f"{graphs[0].stack}.svg")
    if out is None:
        show(text.rstrip("\n"))
        return
    out.write_text(text, encoding="utf-8")
    say(f"Wrote {out}.")


def _not_emulated(stack: Graph) -> list[str]:
    return sorted(f"{node.type} {node.name}" for node in stack.nodes.values() if node.type in RECORDED)
