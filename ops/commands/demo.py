"""`tollgate demo`: a payment's life against the running laptop cloud, over HTTP."""

from typing import Annotated

import typer

from ops.demonstration import show_crash, show_purchase
from ops.options import DEFAULT_STATE_DIR, StateDir, local_description


def demo(
    crash: Annotated[
        bool,
        typer.Option(
            "--crash",
            help="Instead: kill the function between the processor's charge and its own write, and watch the "
            "payment resolve. Takes up to two minutes.",
        ),
    ] = False,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Tokenize a test card, pay, repeat the request, refund a part, and read the audit trail.

    Needs the laptop cloud running in another terminal: `tollgate local`.
    """
    local = local_description(state_dir)
    if crash:
        show_crash(local, state_dir)
    else:
        show_purchase(local)
