"""Under which circumstances evidence was gathered: of which sources, with which tools, when."""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

PACKAGE = Path(".build") / "tollgate.zip"
TOOLS = ("tollgate", "pulumi", "pulumi-aws", "pulumi-policy")


@dataclass(frozen=True)
class Commit:
    """`id`: of the commit that is checked out. `modified`: whether the working tree says something else."""

    id: str
    modified: bool


@dataclass(frozen=True)
class Package:
    """The Lambda package as it lies there. `sha256` in hex, `size` in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Circumstances:
    """`made_at` with its time zone. `commit`: None outside of a repository or without git.

    `package`: None if it isn't built. `tools`: versions by name.
    """

    made_at: datetime
    commit: Commit | None
    package: Package | None
    tools: dict[str, str]

    def described(self) -> dict[str, Any]:
        """As JSON."""
        return {**asdict(self), "made_at": self.made_at.isoformat(timespec="seconds")}


def observed(root: Path, now: datetime) -> Circumstances:
    """The circumstances of the project in `root`."""
    tools = {"python": platform.python_version(), **{name: metadata.version(name) for name in TOOLS}}
    return Circumstances(now, _commit(root), _package(root / PACKAGE), tools)


def _commit(root: Path) -> Commit | None:
    commit, changes = _git(root, "rev-parse", "HEAD"), _git(root, "status", "--porcelain")
    return None if commit is None or changes is None else Commit(commit, bool(changes))


def _git(root: Path, *arguments: str) -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    done = subprocess.run([git, *arguments], cwd=root, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout.strip() if done.returncode == 0 else None


def _package(path: Path) -> Package | None:
    if not path.is_file():
        return None
    content = path.read_bytes()
    return Package(hashlib.sha256(content).hexdigest(), len(content))
