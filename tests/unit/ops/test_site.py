"""Where the `type` of a problem leads: to a section of the page on errors."""

import re
from pathlib import Path

import yaml

from ops.options import ROOT
from ops.site import on_post_build, problem_codes
from tollgate.handlers.problem import TYPE

PAGE = (ROOT / "docs" / "integrate" / "errors.md").read_text(encoding="utf-8")
SECTIONS = re.findall(r"^### (\w+)$", PAGE, re.MULTILINE)


def test_every_problem_has_its_section_and_no_section_is_without() -> None:
    assert sorted(SECTIONS) == sorted(problem_codes())


def test_the_site_stands_where_the_types_of_problems_point(tmp_path: Path) -> None:
    site_url = re.search(r"^site_url: (\S+)$", (ROOT / "mkdocs.yml").read_text(), re.MULTILINE)
    assert site_url
    assert f"{site_url[1]}problems/" == TYPE
    on_post_build({"site_dir": str(tmp_path)})
    for code in problem_codes():
        assert f"integrate/errors/#{code}" in (tmp_path / "problems" / code / "index.html").read_text()


def test_the_site_has_the_reference_and_the_contract(tmp_path: Path) -> None:
    on_post_build({"site_dir": str(tmp_path)})
    made = {path.name for path in (tmp_path / "reference").iterdir()}
    assert made == {"index.html", "openapi.json", "openapi.yaml", "scalar.standalone.js", "settings.js"}
    assert yaml.safe_load((tmp_path / "reference" / "openapi.yaml").read_text())["openapi"]


def test_the_site_has_a_page_to_begin_with() -> None:
    assert (ROOT / "docs" / "index.md").is_file()


def test_every_reason_is_on_the_page() -> None:
    contract = yaml.safe_load((ROOT / "runtime" / "openapi.yaml").read_text(encoding="utf-8"))
    reasons = contract["components"]["schemas"]["Failure"]["properties"]["code"]["x-extensible-enum"]
    assert [reason for reason in reasons if f"`{reason}`" not in PAGE] == []
