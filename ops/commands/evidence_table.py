"""`tollgate evidence-table`: what follows from which evidence."""

from pathlib import Path
from typing import Annotated

import typer

from ops.evidence_table import page
from ops.options import ROOT
from ops.terminal import say

PAGE = ROOT / "docs" / "evidence-table.md"


def evidence_table(
    out: Annotated[
        Path, typer.Option(help="The file to write.", dir_okay=False, show_default="docs/evidence-table.md")
    ] = PAGE,
) -> None:
    """Write the page of the evidence table: what an operation came to, by answer and books."""
    out.write_text(page(), encoding="utf-8")
    say(f"Wrote {out}.")
