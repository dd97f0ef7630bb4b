"""`tollgate logs`: what the functions of the laptop cloud say."""

import time
from typing import Annotated

import typer

from onboarding import Stage
from onboarding.failure import Failure
from ops.function_logs import entries, line
from ops.options import DEFAULT_STATE_DIR, StateDir, local_description
from ops.terminal import show


def logs(
    function: Annotated[
        str | None, typer.Option(help="Only of this function: payments, worker …", show_default="all")
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
    minutes: Annotated[int, typer.Option(min=0, help="How far back to begin.")] = 10,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Show what the functions of the running laptop cloud have logged, a line for each entry.

    On AWS it is `aws logs tail`.
    """
    local = local_description(state_dir)
    functions: dict[str, str] = local["functions"]
    if function is not None and function not in functions:
        raise Failure(f"There is no function {function}.", f"There are: {', '.join(sorted(functions))}.")
    names = [functions[function]] if function else sorted(functions.values())
    groups = [f"/aws/lambda/{name}" for name in names]
    since = int((time.time() - minutes * 60) * 1000)
    try:
        for entry in entries(Stage.local(local), groups, since, follow=follow):
            if (words := line(entry)) is not None:
                show(words)
    except KeyboardInterrupt:
        return
