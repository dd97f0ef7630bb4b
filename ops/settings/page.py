"""docs/settings.md: every setting with what it takes, its default and what it means."""

from collections.abc import Iterable, Iterator, Mapping

from ops.settings.meanings import meanings
from ops.settings.programs import PROGRAMS, Program, required
from ops.settings.schema import parts
from ops.settings.words import Schema, default, takes

HEADING = """# Settings

What can be said in the stack files, and what is refused. Written by `make docs` from the typed settings
([infra/settings](../infra/settings/__init__.py)) and checked by the tests: don't edit it. Editors that know
JSON Schema complete a stack file that begins with a line like `# yaml-language-server: $schema=…`, as ours
do. `tollgate check` says without an account what is wrong with a stage.
"""
TABLE = "| Key | Takes | If it is left out | What it is |\n|---|---|---|---|"


def page() -> str:
    """The whole page."""
    shown: set[str] = set()
    lines = [line for program in PROGRAMS for line in _program(program, shown)]
    return "\n".join([HEADING, *lines]).rstrip("\n") + "\n"


def _program(program: Program, shown: set[str]) -> Iterator[str]:
    kinds, sections = parts(program)
    said = meanings(program.description)
    yield f"## {program.stack_file}\n"
    yield from _introduction(program.description, kinds)
    yield TABLE
    for key, field in program.keys.items():
        left_out = "refused" if required(field) else default(field.default)
        yield _row(f"{program.project}:{key}", takes(kinds[key], sections), left_out, said.get(key, ""))
    yield ""
    for name, section in sections.items():
        if section.get("type") == "object" and name not in shown:
            shown.add(name)
            yield from _section(name, section, sections)


def _section(name: str, section: Schema, sections: Mapping[str, Schema]) -> Iterator[str]:
    keys: Schema = section.get("properties", {})
    said = meanings(section.get("description", ""))
    yield f"### {name}\n"
    yield from _introduction(section.get("description", ""), keys)
    yield TABLE
    for key, kind in keys.items():
        left_out = "refused" if key in section.get("required", ()) else default(kind.get("default"))
        yield _row(key, takes(kind, sections), left_out, said.get(key, ""))
    yield ""


def _introduction(description: str, keys: Iterable[str]) -> Iterator[str]:
    """What is said before the first key is explained; all of it, if the rows can't say it of each key."""
    text, said = " ".join(description.split()), meanings(description)
    if said.keys() >= set(keys):
        text = text.partition(f"`{next(iter(said))}`")[0].strip()
    if text:
        yield f"{text}\n"


def _row(key: str, kind: str, left_out: str, meaning: str) -> str:
    return f"| `{key}` | {kind} | {left_out} | {meaning[:1].upper()}{meaning[1:]} |"
