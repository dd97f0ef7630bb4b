"""`tollgate keys`: the keys that browsers encrypt cards to."""

from typing import Annotated

import typer

import onboarding
from ops.options import DEFAULT_STATE_DIR, LOCAL, Stack, StateDir, open_stage
from ops.terminal import show

app = typer.Typer(name="keys", help="Keys that browsers encrypt cards to.", no_args_is_help=True)


@app.command("rotate-card")
def rotate_card(
    retire: Annotated[
        str | None,
        typer.Option(
            metavar="KID",
            help="Make no new key; stop accepting this older one. Wait 20 minutes after the rotation that "
            "replaced it: browsers may still hold it.",
        ),
    ] = None,
    stack: Stack = LOCAL,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Make a new card key current, and list the keys that are accepted. The older ones work on."""
    stage = open_stage(stack, state_dir)
    keys = onboarding.retire_card_key(stage, retire) if retire else onboarding.rotate_card_key(stage)
    for kid in keys.accepted:
        show(f"{kid}  {'current' if kid == keys.current else 'accepted'}")
