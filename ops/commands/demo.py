"""`tollgate demo`: a payment's life, over HTTP."""

from typing import Annotated

import typer

from onboarding.failure import Failure
from ops.api_access import Url, api_of
from ops.demonstration import show_crash, show_purchase
from ops.options import DEFAULT_STATE_DIR, LOCAL, Stack, StateDir, local_description


def demo(
    crash: Annotated[
        bool,
        typer.Option(
            "--crash",
            help="Instead: kill the function between the processor's charge and its own write, and watch the "
            "payment resolve. Takes up to two minutes.",
        ),
    ] = False,
    stack: Stack = LOCAL,
    url: Url = None,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Tokenize a test card, pay, repeat the request, refund a part, and read the audit trail.

    Needs the laptop cloud running in another terminal: `tollgate local`. On a stack it pays with the client
    that the environment has in TOLLGATE_CLIENT_ID and TOLLGATE_CLIENT_SECRET; it needs the scopes
    tokens:write, payments:write, payments:read, refunds:write and audits:read.
    """
    if not crash:
        show_purchase(api_of(stack, url, state_dir))
    elif stack == LOCAL:
        show_crash(local_description(state_dir), state_dir)
    else:
        raise Failure(f"Functions of the stack '{stack}' aren't killed.", "Run --crash on the laptop.")
