"""The pages that are written from the graphs say what the graphs say."""

from pathlib import Path

import pytest

from ops.graph.inventory import inventory
from ops.graph.picture import picture
from tests.infra.graphs import ROOT, Graphs

DOCS = ROOT / "docs"


def check(page: Path, text: str) -> None:
    written = page.read_text(encoding="utf-8") if page.is_file() else ""
    if written != text:
        pytest.fail(f"{page.name} isn't what the program makes any more: run `make docs`", pytrace=False)


def test_the_inventory_has_every_resource_of_dev_and_prod(graphs: Graphs) -> None:
    check(DOCS / "resources.md", inventory([graphs("dev"), graphs("prod")]))


def test_the_picture_is_of_prod(graphs: Graphs) -> None:
    check(DOCS / "pictures" / "stage.svg", picture(graphs("prod")))
