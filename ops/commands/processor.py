"""`tollgate processor`: the stage's credentials at its processors."""

import sys
from typing import Annotated

import typer

import onboarding
from onboarding.failure import Failure
from ops.options import DEFAULT_STATE_DIR, LOCAL, Stack, StateDir, open_stage
from ops.terminal import say

app = typer.Typer(name="processor", help="The stage's credentials at its processors.", no_args_is_help=True)


@app.command("set-credentials")
def set_credentials(
    account: Annotated[str, typer.Argument(help="One of the stack's tollgate:processor_accounts.")],
    stack: Stack = LOCAL,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Store the processor's API key. It is asked for, or read from standard input, never an argument."""
    stage = open_stage(stack, state_dir)
    onboarding.put_processor_credentials(stage, account, _api_key())
    say(f"Stored. The functions of '{stack}' take it within minutes.")


def _api_key() -> str:
    key = typer.prompt("API key", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline()
    if not key.strip():
        raise Failure("No API key was given.", "Type it when asked, or pipe it in.")
    return key.strip()


@app.callback()
def group() -> None:
    """The stage's credentials at its processors."""
