"""The functions' code as the laptop runs it, and a digest of everything that a deployment is made from."""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can hold
CODE = "runtime"
SOURCES = ("infra", "engine", "local/provisioning", CODE)
FILES = ("Pulumi.yaml", "Pulumi.local.yaml", "requirements/local.txt")


def write_archive(root: Path, archive: Path) -> None:
    """Zip the `tollgate` package: the same files give the same bytes. Dependencies are the laptop's own."""
    draft = archive.with_suffix(".draft")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as file:
        for path in _files(root / "runtime" / "tollgate"):
            entry = zipfile.ZipInfo(path.relative_to(root / "runtime").as_posix(), EPOCH)
            entry.external_attr = 0o644 << 16
            file.writestr(entry, path.read_bytes())
    draft.replace(archive)


def program_digest(root: Path, overrides: Mapping[str, str]) -> str:
    """Changes whenever a run of the Pulumi program could come to another result."""
    digest = hashlib.sha256(json.dumps([sys.version, dict(overrides)], sort_keys=True).encode())
    for path in sources(root):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(root)}={content}\n".encode())
    return digest.hexdigest()


def sources(root: Path) -> list[Path]:
    """The files that a run of the Pulumi program reads, and those that the functions run."""
    folders = (path for folder in SOURCES for path in _files(root / folder))
    return [*(root / name for name in FILES), *folders]


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
