"""`tollgate capacity`: what a stage takes before it breaks, and what callers see of it."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from ops.capacity.ceilings import ceilings
from ops.capacity.limits import limits
from ops.capacity.quotas import quotas
from ops.capacity.shapes import shapes
from ops.capacity.simulation import run
from ops.capacity.text import text
from ops.cost.prices import usage
from ops.graph import stack_graph
from ops.options import ROOT, Changes, ProgramRoot
from ops.terminal import show


def capacity(
    stack: Annotated[str, typer.Option(help="The Pulumi stack: dev, prod …")] = "prod",
    tps: Annotated[float, typer.Option("--tps", help="Payments a second, as usual.", min=0.1)] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
    changes: Changes = None,
    root: ProgramRoot = ROOT,
) -> None:
    """Say how many payments a second a stage takes: which ceiling comes first, and what raises it.

    Then three loads are played against the ceilings: that rate, twenty times as much for a minute, and two
    minutes in which the processor is silent. It says what callers see: answers, 429, 500, and outcomes
    that are known later. Counted from the program and AWS's default quotas; no AWS account is asked.
    """
    listed = quotas()
    found = limits(stack_graph(stack, root.resolve(), changes or []), listed)
    reached = ceilings(found, listed, usage())
    fates = [run(shape, found, listed, usage()) for shape in shapes(tps)]
    if as_json:
        answer = {"ceilings": [asdict(each) for each in reached], "loads": [asdict(each) for each in fates]}
        show(json.dumps(answer, indent=2))
    else:
        show(text(stack, tps, reached, fates, listed))
