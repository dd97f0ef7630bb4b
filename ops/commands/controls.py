"""`tollgate controls`: what serves which requirement of PCI DSS."""

from pathlib import Path
from typing import Annotated

import typer

from ops.options import ROOT
from ops.terminal import say

PAGE = ROOT / "docs" / "controls.md"


def controls(
    out: Annotated[
        Path, typer.Option(help="The file to write.", dir_okay=False, show_default="docs/controls.md")
    ] = PAGE,
) -> None:
    """Write the controls matrix: requirements of PCI DSS, what serves them here, and what is left to people.

    It is made of what policies and AWS Config rules say of themselves, and of ops/controls/requirements.
    """
    # Imported here: it brings Pulumi's SDK for AWS along, which takes a second.
    from ops.controls import controls as matrix  # noqa: PLC0415
    from ops.controls.page import page  # noqa: PLC0415

    out.write_text(page(matrix()), encoding="utf-8")
    say(f"Wrote {out}.")
