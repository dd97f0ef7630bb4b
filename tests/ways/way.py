"""A way through the house: what a frequent change touches, in order, with a small example of it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from tests.architecture.imports import ROOT
from tests.own_settings import own_settings
from tests.stacks import PROJECT

LEFT_OUT = (".git", ".venv", ".build", ".tollgate", ".*_cache", "__pycache__", "node_modules")
STEP = re.compile(r"^\| \d+ \| `([^`]+)` \| (?:`([^`]+)`)?", re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """Of an example: texts of a file (`at` names the place), each of which is there once, and what becomes of
    them; or a command of Python that writes the file."""

    path: str
    at: str = ""
    edits: Sequence[tuple[str, str]] = ()
    command: tuple[str, ...] = ()

    def take(self, root: Path) -> None:
        """Do it in a copy of the project."""
        if self.command:
            run(root, *self.command)
        for old, new in self.edits:
            path = root / self.path
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{self.path}: `{old}` is there {text.count(old)} times"
            path.write_text(text.replace(old, new), encoding="utf-8")


@dataclass(frozen=True)
class Way:
    """`heading`: in CONTRIBUTING.md. `check`: a program that ends well once all steps were taken.
    `forgotten`: the step without which it doesn't."""

    heading: str
    steps: Sequence[Step]
    check: str
    forgotten: int


def described(heading: str) -> list[tuple[str, str]]:
    """File and place of each step, as CONTRIBUTING.md has them under a heading."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    _, _, rest = page.partition(f"### {heading}\n")
    return STEP.findall(re.split(r"^##", rest, maxsplit=1, flags=re.MULTILINE)[0])


def copied(folder: Path) -> Path:
    """A copy of the project to be changed, with the stacks of the tests for those of the company."""
    own = own_settings()

    def left_out(inside: str, names: list[str]) -> set[str]:
        made = {name for name in names if any(fnmatch(name, pattern) for pattern in LEFT_OUT)}
        return made | {name for name in names if str(Path(inside) / name) in own}

    root = shutil.copytree(ROOT, folder / "project", ignore=left_out)
    stacks = shutil.ignore_patterns("Pulumi.yaml", "*.py", "__pycache__")
    return shutil.copytree(PROJECT, root, ignore=stacks, dirs_exist_ok=True)


def run(root: Path, *arguments: str) -> str:
    """What Python prints in a copy, with the copy's modules. Raises CalledProcessError."""
    paths = {"PYTHONPATH": f"{root}:{root / 'runtime'}", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=root, env=paths, check=True, capture_output=True, text=True).stdout
