"""The CPython whose bytecode Lambda's runtime takes: `.pyc` files are of one minor version."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import uv

from onboarding.failure import Failure

VERSION = "3.13"
_VERSION_OF = "import sys; print(sys.implementation.name, '%d.%d' % sys.version_info[:2])"


def find_interpreter() -> Path:
    """A CPython 3.13 of this machine: the running one, one on PATH, pyenv's, or uv's.

    Raises Failure when there is none: with another version's bytecode, or none, each cold start would
    compile every module again.
    """
    for candidate in _candidates():
        if _output(str(candidate), "-S", "-c", _VERSION_OF) == f"cpython {VERSION}":
            return candidate
    raise Failure(
        f"Lambda runs CPython {VERSION}, which this machine lacks: it takes no other version's bytecode.",
        f"Install it (`uv python install {VERSION}`, pyenv or your system's package) and run it again.",
    )


def _candidates() -> Iterator[Path]:
    yield Path(sys.executable)
    on_path = shutil.which(f"python{VERSION}")
    if on_path:
        yield Path(on_path)
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from sorted(pyenv.glob(f"versions/{VERSION}.*/bin/python{VERSION}"))
    managed = _output(
        uv.find_uv_bin(), "python", "find", "--no-python-downloads", "--managed-python", VERSION
    )
    if managed:
        yield Path(managed)


def _output(*command: str) -> str:
    """What the command prints; nothing when it fails (a pyenv shim without its version does)."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return ""
