"""Evidence as files: a folder, or a zip of it."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onboarding.failure import Failure
from ops.evidence.circumstances import Circumstances
from ops.evidence.contents import Contents
from ops.package.archive import write_archive

FORMAT = "tollgate-evidence/1"
RUN, SUMS = "run.json", "SHA256SUMS"
ZIP = ".zip"


def write(contents: Contents, circumstances: Circumstances, out: Path) -> None:
    """Write all files to the folder `out`, or into it if it ends with `.zip`, and their sums.

    But for `run.json` and its sum they are the same bytes for the same program. Raises `Failure` if the
    folder holds something else, which would look like evidence.
    """
    run = {"format": FORMAT, "stack": contents.stack, **circumstances.described()}
    files = {name: _text(value) for name, value in {**contents.files, RUN: run}.items()}
    files[SUMS] = "".join(f"{_digest(text)}  {name}\n" for name, text in sorted(files.items()))
    if out.suffix == ZIP:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as directory:
            _fill(Path(directory), files)
            write_archive(Path(directory), out)
        return
    if out.is_dir() and (strange := sorted({path.name for path in out.iterdir()} - files.keys())):
        raise Failure(
            f"{out} holds something else: {', '.join(strange[:3])}.", "Name a folder of its own: --out."
        )
    _fill(out, files)


def _fill(folder: Path, files: Mapping[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
