"""What a stack consists of, found out by running its program without a cloud."""

import tempfile
import zipfile
from pathlib import Path

from engine import Graph, up
from ops.options import ROOT


def stack_graph(stack: str, root: Path = ROOT) -> Graph:
    """The program's graph with made-up ids and ARNs, so that every value is known. No AWS call is made.

    Raises `ConfigurationError`, `ProgramError` or `ResourceError`.
    """
    with tempfile.TemporaryDirectory() as directory:
        # The program wants to see the functions' package, whose content doesn't matter here.
        package = Path(directory) / "tollgate.zip"
        with zipfile.ZipFile(package, "w"):
            return up(root, stack, preview=False, overrides={"tollgate:package": str(package)})
