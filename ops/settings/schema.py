"""The JSON Schema of a program's stack files, from the typed settings: editors complete and check by it."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from ops.settings.meanings import meanings
from ops.settings.programs import Program, required

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def text_of(program: Program) -> str:
    """The file's content."""
    return json.dumps(schema(program), indent=2, ensure_ascii=False) + "\n"


def schema(program: Program) -> dict[str, Any]:
    """Of a whole stack file. What Pulumi and other projects have in it is theirs."""
    kinds, sections = parts(program)
    said = meanings(program.description)
    own = {
        f"{program.project}:{key}": {"description": said[key], **kind} if key in said else kind
        for key, kind in kinds.items()
    }
    known = "|".join(program.keys)
    asked = [f"{program.project}:{key}" for key, each in program.keys.items() if required(each)]
    return {
        "$schema": DRAFT,
        "title": program.stack_file,
        "type": "object",
        "required": ["config"],
        "properties": {
            "config": {
                "type": "object",
                "properties": own,
                "patternProperties": {f"^{program.project}:(?!({known})$)": False},
                "required": asked,
            }
        },
        "$defs": {name: _with_meanings(section) for name, section in sections.items()},
    }


def _with_meanings(section: dict[str, Any]) -> dict[str, Any]:
    said = meanings(section.get("description", ""))
    properties = {
        key: {"description": said[key], **kind} if key in said else kind
        for key, kind in section.get("properties", {}).items()
    }
    return section | {"properties": properties} if properties else section


def parts(program: Program) -> tuple[Mapping[str, dict[str, Any]], Mapping[str, dict[str, Any]]]:
    """The schema of each key, and those of the sections that they refer to, by name."""
    kinds = program.kinds
    schemas, sections = msgspec.json.schema_components(kinds.values(), ref_template="#/$defs/{name}")
    return dict(zip(kinds, schemas, strict=True)), sections
