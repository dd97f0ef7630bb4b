"""The contract's two files say the same to every parser, and nothing that one of them can't read."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from yamlcore import CoreLoader

from ops.contract import PUBLISHED, SOURCE, as_json

CONTRACT = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))


def members(node: Any, path: str = "#") -> Iterator[tuple[str, str, Any]]:
    """Every member of every object: its path, its name and its value."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield path, name, value
            yield from members(value, f"{path}/{name}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from members(value, f"{path}/{index}")


PATTERNS = {path: value for path, name, value in members(CONTRACT) if name == "pattern"}


@pytest.mark.parametrize("file", [SOURCE, PUBLISHED], ids=lambda file: file.name)
def test_a_parser_of_yaml_1_2_reads_what_ours_reads(file: Any) -> None:
    # It knows no merge keys, and no `yes` that means true.
    assert yaml.load(file.read_text(encoding="utf-8"), Loader=CoreLoader) == CONTRACT


def test_the_json_file_is_that_of_the_yaml_file() -> None:
    # `make docs` writes it anew.
    assert PUBLISHED.read_text(encoding="utf-8") == as_json()
    assert json.loads(as_json()) == CONTRACT


def test_the_published_contract_has_no_members_of_our_own_program() -> None:
    assert [path for path, name, _ in members(CONTRACT) if name.startswith("x-tollgate")] == []


@pytest.mark.parametrize("path", PATTERNS)
def test_a_pattern_means_the_same_in_python_ecmascript_and_ruby(path: str) -> None:
    pattern = PATTERNS[path]
    # Anchored at both ends, `re.match` and `re.search` agree; without classes of characters and look-around
    # the dialects do.
    assert pattern.startswith("^")
    assert pattern.endswith("$")
    assert not re.search(r"\\[A-Za-z]|\(\?", pattern)
    assert "format" not in schema_at(path), "generated clients hold a pattern against the parsed value"


def schema_at(path: str) -> dict[str, Any]:
    found: Any = CONTRACT
    for step in path.removeprefix("#/").split("/"):
        found = found[int(step)] if isinstance(found, list) else found[step]
    return found
