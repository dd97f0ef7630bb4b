"""`tollgate package`: the zip that the functions run."""

from pathlib import Path
from typing import Annotated

import typer

from ops.options import ROOT
from ops.package import build
from ops.terminal import say, show


def package(
    out: Annotated[Path, typer.Option(help="The zip to write.", dir_okay=False)] = ROOT
    / ".build/tollgate.zip",
) -> None:
    """Build the Lambda package: the runtime and its locked dependencies, the same bytes each time.

    Needs CPython 3.13 on this machine, and the package index.
    """
    built = build(ROOT, out, say)
    show(f"{built.path}")
    show(f"sha256    {built.sha256}")
    show(
        f"size      {built.size / 1e6:.1f} MB, {built.unzipped_size / 1e6:.1f} MB unzipped, {built.files} files"
    )
