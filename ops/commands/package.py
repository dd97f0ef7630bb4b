"""`tollgate package`: the zip that the functions run."""

from pathlib import Path
from typing import Annotated

import typer

from ops.options import ROOT
from ops.package import build
from ops.terminal import say, show

OUT = ROOT / ".build" / "tollgate.zip"


def package(
    out: Annotated[Path, typer.Option(help="The zip to write.", dir_okay=False, show_default=False)] = OUT,
) -> None:
    """Build the Lambda package: the runtime and its locked dependencies, the same bytes each time.

    Writes .build/tollgate.zip, which the Pulumi program takes. Needs CPython 3.13 on this machine.
    """
    built = build(ROOT, out, say)
    show(f"{built.path}")
    show(f"sha256    {built.sha256}")
    show(f"zipped    {built.size / 1e6:.1f} MB")
    show(f"unzipped  {built.unzipped_size / 1e6:.1f} MB, {built.files} files")
