"""`tollgate check`: whether this repository's own stages can be deployed."""

from typing import Annotated

import typer

from ops.options import ROOT, ProgramRoot
from ops.terminal import results, say, show

Chosen = Annotated[
    list[str] | None, typer.Option("--stack", help="A stage; may be repeated.", show_default="all of them")
]


def check(stack: Chosen = None, root: ProgramRoot = ROOT) -> None:
    """Check the stages' own settings, without an account. Exit code 1 if something is wrong.

    Settings are valid; a stage's files fit each other; nothing is a placeholder; what differs from the last
    stage is declared in stages.json; workflows deploy the stages in their order; and what would be made, in
    the stage's account and as its bootstrap, keeps to the policies.
    """
    # Imported here: they bring Pulumi's SDK along, which takes half a second.
    from ops.policies import check as check_policies  # noqa: PLC0415
    from ops.policies.checking import configuration_file  # noqa: PLC0415
    from ops.policies.people import summary, table  # noqa: PLC0415
    from ops.stages.checking import problems  # noqa: PLC0415
    from ops.stages.listing import listed  # noqa: PLC0415

    stages = listed(root)
    chosen = stack or list(stages.stages)
    found = problems(chosen, stages, root)
    for problem in found:
        show(str(problem))
    if found:
        say("The policies are held against what would be made once this is mended.")
        raise typer.Exit(1)
    failed = False
    for stage in chosen:
        for program in (root, root / "bootstrap"):
            say(f"Running {'bootstrap' if program != root else 'the program'} for {stage} …")
            checked = check_policies(stage, program)
            if checked.findings:
                results.print(table(checked))
                say(f"What the policies take for it stands in {configuration_file(stage, program)}.")
            show(summary(checked))
            failed |= checked.failed
    if failed:
        raise typer.Exit(1)
