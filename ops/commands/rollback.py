"""`tollgate rollback`: takes a release back."""

from typing import Annotated

import typer
from rich.table import Table

from onboarding.failure import Failure
from ops.options import DEFAULT_STATE_DIR, LOCAL, Stack, StateDir, open_stage
from ops.rollback.aliases import Aliases
from ops.rollback.releases import Live, Plan, held, plan
from ops.terminal import results, say, show

SHORT = 12

Run = Annotated[bool, typer.Option("--run", help="Do it. Without this it only looks and prints.")]
Package = Annotated[
    str | None,
    typer.Option(
        help="Go to this package: its SHA-256, or how it begins.", show_default="the one before what runs"
    ),
]
Lift = Annotated[bool, typer.Option("--lift", help="Let deployments go on: what is on main mends it.")]
Check = Annotated[
    bool, typer.Option("--check", help="Fail if the stage was rolled back, as the workflow asks.")
]


def rollback(
    run: Run = False,
    package: Package = None,
    lift: Lift = False,
    check: Check = False,
    stack: Stack = LOCAL,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Take a release back: every function's alias names the version with the package before, within seconds.

    Without --run it prints what it would do. Only code and environment of the functions go back; tables,
    roles and the gateway's document stay as they are, and releases read each other's rows. The workflow
    deploys to this stage again after --lift.
    """
    if sum((run, lift, check)) > 1:
        raise Failure("--run, --lift and --check exclude each other.", "Take one.")
    # Imported here: it takes Pulumi's SDK half a second, and other commands need none.
    from infra.functions import ALIAS, TIMEOUT_SECONDS  # noqa: PLC0415

    aliases = Aliases(open_stage(stack, state_dir), TIMEOUT_SECONDS, ALIAS)
    lives = aliases.read()
    if check:
        _refuse_if_held(lives, stack)
    elif lift:
        _lift(aliases, lives)
    else:
        _roll_back(aliases, plan(lives, package), stack, run=run)


def _refuse_if_held(lives: list[Live], stack: str) -> None:
    if back := held(lives):
        raise Failure(
            f"The stage {stack} was rolled back to package {back[:SHORT]}, and a deployment would undo that.",
            f"When main has what mends it: tollgate rollback --lift --stack {stack}; then deploy again.",
        )
    show("Not rolled back.")


def _lift(aliases: Aliases, lives: list[Live]) -> None:
    marked = [live for live in lives if held([live])]
    for live in marked:
        aliases.lift(live)
    show("Deployments go on." if marked else "Not rolled back: nothing to lift.")


def _roll_back(aliases: Aliases, found: Plan, stack: str, *, run: bool) -> None:
    for function in found.without:
        say(f"{function} never ran package {found.package[:SHORT]}, and stays as it is.")
    if not found.moves:
        show(f"Every function runs package {found.package[:SHORT]}.")
        return
    _show(found)
    if not run:
        again = f"tollgate rollback --package {found.package[:SHORT]} --run --stack {stack}"
        show(f"\nNothing was changed. To do it: {again}")
        return
    for move in found.moves:
        aliases.move(move)
        say(f"{move.live.function} runs version {move.to.number}")
    show(f"{len(found.moves)} moved. Deployments wait until: tollgate rollback --lift --stack {stack}")


def _show(found: Plan) -> None:
    table = Table("function", "version", "package", "goes to", "package")
    for move in found.moves:
        now = move.live.version
        table.add_row(
            move.live.function,
            str(now.number),
            now.package[:SHORT],
            str(move.to.number),
            move.to.package[:SHORT],
        )
    results.print(table)
