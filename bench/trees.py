"""What the measured processes run from: each design with its dependencies, compiled, as Lambda unpacks it."""

import platform
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from ops.options import ROOT
from ops.package import build
from ops.package.bytecode import compile_modules
from ops.package.wheels import install_wheels

HOST = f"{platform.machine()}-manylinux_2_28"


def tollgate(folder: Path, interpreter: Path, report: Callable[[str], None]) -> Path:
    """The package's content for this machine's processor. Raises Failure."""
    built = build(ROOT, folder / "tollgate.zip", report, platform=HOST)
    with zipfile.ZipFile(built.path) as archive:
        archive.extractall(folder / "tollgate")
    return _with_bench(folder / "tollgate", interpreter)


def article(folder: Path, interpreter: Path) -> Path:
    """The article's libraries, whole and compiled. Raises Failure."""
    install_wheels(ROOT / "requirements" / "bench.txt", folder / "article", HOST)
    compile_modules(interpreter, folder / "article")
    return _with_bench(folder / "article", interpreter)


def floor(folder: Path, interpreter: Path) -> Path:
    """No library at all. Raises Failure."""
    return _with_bench(folder / "floor", interpreter)


def _with_bench(tree: Path, interpreter: Path) -> Path:
    bench = tree / "bench"
    for part in ("article", "floor"):
        shutil.copytree(ROOT / "bench" / part, bench / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("__init__.py", "context.py", "start.py"):
        shutil.copy(ROOT / "bench" / name, bench / name)
    compile_modules(interpreter, bench)
    return tree
