"""A release says what it changes, and what whoever upgrades does."""

import re

from tests.infra.graphs import ROOT
from tests.releases.written import ROWS, version

CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
SECTIONS = re.split(r"^## (?=\d)", CHANGELOG, flags=re.MULTILINE)[1:]


def test_the_newest_section_is_of_this_version() -> None:
    assert SECTIONS[0].split()[0] == version()


def test_every_version_says_how_to_upgrade_and_has_its_rows() -> None:
    for section in SECTIONS:
        assert "\n### Upgrading\n" in section, section.split()[0]
    assert {section.split()[0] for section in SECTIONS} == {path.stem for path in ROWS.glob("*.json")}
