"""Bytecode for every module: Lambda's disk is read-only, so what isn't compiled here never is.

Of the dependencies it is all that goes into the package: their sources are a sixth of it, and never read but
to show a line in a traceback, whose file and number are in the bytecode.
"""

import os
import subprocess
from pathlib import Path

from onboarding.failure import Failure

MOUNTED_AT = "/var/task"
"""Where Lambda unpacks the zip: tracebacks name it, and not the machine that built."""


def compile_modules(interpreter: Path, tree: Path) -> None:
    """Compile every module below `tree`, next to its source, for `interpreter`'s version.

    The bytecode isn't checked against its source at run time (PEP 552 unchecked-hash): a zip's fixed
    dates would make time stamps lie. One process and a fixed hash seed give the same bytes each time.
    """
    command = [
        str(interpreter),
        "-S",
        "-m",
        "compileall",
        "-q",
        "-f",
        "--invalidation-mode",
        "unchecked-hash",
    ]
    command += ["-s", str(tree), "-p", MOUNTED_AT, str(tree)]
    done = subprocess.run(  # noqa: S603
        command,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ.get("PATH", ""), "PYTHONHASHSEED": "0"},
    )
    if done.returncode:
        raise Failure(f"A module doesn't compile: {done.stdout.strip()}", "Correct or leave it out.")


def drop_sources(tree: Path, kept: str) -> None:
    """Put each module's bytecode in the place of its source, where Python takes it by itself; but for
    modules of the package `kept`."""
    for source in sorted(tree.rglob("*.py")):
        if source.relative_to(tree).parts[0] != kept:
            (compiled,) = (source.parent / "__pycache__").glob(f"{source.stem}.cpython-*.pyc")
            compiled.rename(source.with_suffix(".pyc"))
            source.unlink()
