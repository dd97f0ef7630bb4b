"""The options that several commands share, and what they stand for."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from onboarding import Stage
from onboarding.failure import Failure

ROOT = Path(__file__).parents[1]
"""The project: where its Pulumi files, locks and sources are."""

LOCAL = "local"

Stack = Annotated[
    str,
    typer.Option(help="The Pulumi stack: local, dev, prod … AWS credentials come from the environment."),
]
StateDir = Annotated[
    Path,
    typer.Option(
        envvar="TOLLGATE_STATE_DIR",
        help="Where the laptop cloud keeps its state.",
        file_okay=False,
        readable=False,  # whoever needs it says so better
        show_default=".tollgate in the project",
    ),
]
ProgramRoot = Annotated[
    Path,
    typer.Option(
        "--root",
        help="The folder of a Pulumi program (Pulumi.yaml) in Python.",
        exists=True,
        file_okay=False,
        show_default="this project",
    ),
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="SETTING=VALUE", help="As if it were so: network.firewall=network. More than once."
    ),
]
DEFAULT_STATE_DIR = ROOT / ".tollgate"


def open_stage(stack: str, state_dir: Path) -> Stage:
    """The stage of a stack. Raises Failure when it can't be reached with what there is."""
    return Stage.local(local_description(state_dir)) if stack == LOCAL else Stage.named(stack, ROOT)


def local_description(state_dir: Path) -> dict[str, Any]:
    """What the running laptop cloud wrote about itself (`local.json`). Raises Failure when it isn't there."""
    path = state_dir / "local.json"
    if not path.is_file():
        raise Failure(f"The laptop cloud isn't running: there is no {path}.", "Start it: `make run`.")
    return json.loads(path.read_text())
