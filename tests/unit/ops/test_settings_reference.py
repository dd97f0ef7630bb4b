"""The reference of the settings and the schemas for editors say what the programs take."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from ops.options import ROOT
from ops.settings.meanings import meanings
from ops.settings.page import page
from ops.settings.programs import PROGRAMS
from ops.settings.schema import schema, text_of
from tests.stacks import BOOTSTRAP, DELEGATION, PROJECT, SECURITY

FOLDERS = dict(zip(PROGRAMS, (PROJECT, BOOTSTRAP, SECURITY, DELEGATION), strict=True))
STAGES = PROGRAMS[0]
AGAIN = "run `make docs`"


def files() -> Iterator[tuple[Any, Path]]:
    for program, folder in FOLDERS.items():
        yield from ((program, path) for path in folder.glob("Pulumi.*.yaml"))


def test_the_committed_page_and_schemas_are_those_of_the_programs() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == page(), AGAIN
    for program in PROGRAMS:
        assert (ROOT / program.schema).read_text(encoding="utf-8") == text_of(program), AGAIN


def test_every_key_of_a_stage_has_its_meaning() -> None:
    assert STAGES.keys.keys() - meanings(STAGES.description).keys() == set()


@pytest.mark.parametrize(("program", "path"), list(files()), ids=lambda each: getattr(each, "name", None))
def test_an_editor_finds_nothing_wrong_with_a_usable_stack(program: Any, path: Path) -> None:
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema(program))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("tollgate:durability", "durabel"),
        ("tollgate:log_retention_days", 17),
        ("tollgate:usage_plans", {"fast": {"rate": 0, "burst": 1}}),
        ("tollgate:colour", "red"),
        ("tollgate:region", None),
    ],
)
def test_an_editor_marks_what_the_program_would_refuse(key: str, value: Any) -> None:
    stack = yaml.safe_load((PROJECT / "Pulumi.dev.yaml").read_text(encoding="utf-8"))
    stack["config"][key] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(stack, schema(STAGES))


def test_a_meaning_is_the_text_after_the_names_that_it_is_of() -> None:
    said = meanings("How long. `a` and `b`: for that long; `c`: of `a`, in days. `d`: never.")
    assert said == {"a": "for that long", "b": "for that long", "c": "of `a`, in days", "d": "never"}
