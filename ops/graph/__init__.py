"""What a stack consists of, found out by running its program without a cloud."""

import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from engine import DeploymentError, Graph, up
from engine.placeholders import PlaceholderBackend
from onboarding.failure import Failure
from onboarding.stack_files import stack_file
from ops.graph.what_if import overridden
from ops.options import ROOT


def stack_graph(stack: str, root: Path = ROOT, changes: Sequence[str] = ()) -> Graph:
    """The program's graph with made-up ids and ARNs, so that every value is known. No AWS call is made.

    `changes`: settings that are other than in the stack's file (`overridden`).

    Raises `Failure` for a stack that doesn't exist, settings that are wrong, or a program that fails.
    """
    stack_file(stack, root)
    changed = overridden(stack, root, changes)
    with tempfile.TemporaryDirectory() as directory:
        # The program wants to see the functions' package, whose content doesn't matter here.
        package = Path(directory) / "tollgate.zip"
        with zipfile.ZipFile(package, "w"):
            try:
                return up(
                    root,
                    stack,
                    preview=False,
                    backend=PlaceholderBackend(),
                    overrides={**changed, "tollgate:package": str(package)},
                )
            except DeploymentError as error:
                raise Failure(
                    f"The program can't be run for '{stack}': {error}",
                    f"Correct Pulumi.{stack}.yaml or the program, or name another stack.",
                ) from error
