"""The runbook as who is on call reads it: each command of its pages, and the role that runs it.

A page is for operators unless it says otherwise. `as an administrator` in its introduction speaks for all of
it; in a paragraph, item or row for what stands there, and for what follows up to the next heading.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.infra.graphs import ROOT
from tests.runbook.shell import commands_in

PAGES = (ROOT / "docs" / "runbook.md", *sorted((ROOT / "docs" / "runbook").glob("*.md")))
ROLE = re.compile(r"\b[Aa]s\s+(?:the|an?)\s+(operator|administrator)\b|\b[Bb]y\s+an\s+(administrator)\b")
OPERATOR, ADMINISTRATOR = "operator", "administrator"
PROGRAMS = ("aws", "tollgate", "pulumi")
INLINE = re.compile(r"`((?:aws|tollgate|pulumi)\s[^`]+)`")
ITEM = re.compile(r"^ *(?:[-*]|\d+\.) ")


@dataclass(frozen=True)
class Command:
    """A command with its words, as it stands under a heading of a page, and who runs it."""

    page: str
    heading: str
    role: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page} ({self.heading}), {self.role}: {' '.join(self.words)}"


def commands() -> list[Command]:
    """Every call of `aws`, `tollgate` and `pulumi` of all pages."""
    return [command for path in PAGES for command in _commands(path)]


def _commands(path: Path) -> Iterator[Command]:
    of_page = role = OPERATOR
    heading = ""
    variables: dict[str, str] = {}
    for kind, text in _blocks(path.read_text(encoding="utf-8")):
        if kind == "heading":
            # What a page says before its first section speaks for the page.
            of_page = role if heading.startswith("# ") else of_page
            heading, role = text, of_page
            continue
        if kind == "prose":
            role = _role(text) or role
        script = text if kind == "script" else "\n".join(_flat(each) for each in INLINE.findall(text))
        for words in commands_in(script, variables):
            if Path(words[0]).name in PROGRAMS:
                yield Command(path.name, heading, role, (Path(words[0]).name, *words[1:]))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _role(text: str) -> str | None:
    said = ROLE.search(text)
    return (said[1] or said[2]) if said else None


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Headings, scripts (fenced or indented), and prose: paragraphs, items and rows."""
    lines = iter(text.splitlines())
    gathered: list[str] = []
    for line in lines:
        fence = line.strip().startswith("```")
        indented = line.startswith("    ") and not gathered
        if gathered and (fence or not line.strip() or line.startswith(("#", "|")) or ITEM.match(line)):
            yield "prose", "\n".join(gathered)
            gathered = []
        if fence:
            yield "script", "\n".join(_until_fence(lines))
        elif line.startswith("#"):
            yield "heading", line
        elif indented and line.split()[0] in PROGRAMS:
            yield "script", line
        elif line.strip():
            gathered.append(line)
    if gathered:
        yield "prose", "\n".join(gathered)


def _until_fence(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line.strip().startswith("```"):
            return
        yield line
