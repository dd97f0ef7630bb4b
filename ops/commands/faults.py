"""`tollgate faults`: the running laptop cloud under every fault of the processor, over HTTP."""

from typing import Annotated

import typer

from onboarding.failure import Failure
from ops.options import DEFAULT_STATE_DIR, StateDir, local_description
from ops.terminal import say, show


def faults(
    every_pair: Annotated[
        bool,
        typer.Option(
            "--every-pair",
            help="Every kind of fault and every pair of kinds in every flow, and every kind while a lost "
            "outcome is recovered. Takes about 20 minutes.",
        ),
    ] = False,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Let the processor fail amid payments, captures, voids and refunds, and see what comes of it.

    Within 120 seconds after the last fault every operation must have an outcome; then the API, the audit
    trail and the processor's own books are compared. Without options: a selection in which every kind of
    fault meets every other kind and every flow; about two minutes.

    Needs the laptop cloud running in another terminal: `tollgate local`. Don't use it for anything else
    meanwhile: the faults would strike that, too.
    """
    # Here, since no other command needs it, and an installed package doesn't have it.
    try:
        from tests.e2e.matrix import session  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        raise Failure(
            f"This command needs the packages of the tests: {missing.name} isn't installed.",
            "Install them with `make .venv/installed-dev`, and run it again.",
        ) from None
    try:
        session.run(local_description(state_dir), say, show, every_pair=every_pair)
    except session.Broken as broken:
        raise Failure(f"{broken}.", "That is a bug: keep the state directory, and report it.") from None
