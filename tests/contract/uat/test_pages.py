"""The pages name the exchanges, and the exchanges settle what the pages assume."""

import re
from pathlib import Path

from ops.options import ROOT
from ops.uat.exchanges import EXCHANGES

KEPT = ROOT / "tests" / "contract" / "processor" / "payroc"
NOT_RUN = "Nobody has run them"


def section(page: Path, title: str) -> str:
    return page.read_text().partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_the_page_lists_every_exchange_with_what_it_assumes() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+) \|$", (ROOT / "docs" / "uat.md").read_text(), re.M)

    assert rows == [(each.name, each.assumption) for each in EXCHANGES.values()]


def test_every_assumption_names_an_exchange_that_settles_it() -> None:
    assumptions = section(ROOT / "docs" / "assurance.md", "What is assumed of Payroc").split("\n- ")[1:]

    assert len(assumptions) > 5
    for assumption in assumptions:
        assert set(re.findall(r"`([a-z0-9-]+)`", assumption)) & EXCHANGES.keys(), assumption


def test_the_pages_say_so_as_long_as_nothing_is_kept_from_payroc() -> None:
    for page in ("assurance.md", "uat.md"):
        assert (NOT_RUN in (ROOT / "docs" / page).read_text()) == (not KEPT.exists()), page
