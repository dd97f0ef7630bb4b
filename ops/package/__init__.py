"""The Lambda package: one reproducible zip of the runtime and its locked dependencies."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from onboarding.failure import Failure
from ops.package.archive import write_archive
from ops.package.bytecode import compile_modules, drop_sources
from ops.package.endpoints import cut_endpoints
from ops.package.imports import missing_imports
from ops.package.interpreter import find_interpreter
from ops.package.models import KEPT_OPERATIONS, cut_model
from ops.package.selection import KEPT_APIS, is_needed
from ops.package.wheels import LAMBDA_PLATFORM, install_wheels

UNZIPPED_LIMIT = 20_500_000
"""Bytes. A bigger package starts slower; Lambda's own limit is ten times as much."""


@dataclass(frozen=True, slots=True)
class Package:
    """A written zip. `sha256` is the file's, in hex; sizes in bytes."""

    path: Path
    sha256: str
    size: int
    unzipped_size: int
    files: int


def build(
    root: Path, out: Path, report: Callable[[str], None], *, platform: str = LAMBDA_PLATFORM
) -> Package:
    """Build the zip at `out` from `requirements/lambda.txt` and `runtime/tollgate` below `root`.

    The same inputs give the same bytes on every machine with the same CPython 3.13 and zlib. `platform` is
    uv's name of the target. Raises Failure when CPython 3.13 or a wheel can't be had, when the runtime
    imports something that isn't in the zip, or when the zip grew beyond its limit.
    """
    interpreter = find_interpreter()
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix="package-") as work:
        tree = Path(work)
        report("Installing the locked dependencies …")
        install_wheels(root / "requirements" / "lambda.txt", tree, platform)
        report("Selecting what the functions need …")
        shutil.copytree(root / "runtime" / "tollgate", tree / "tollgate")
        _prune(tree)
        data = tree / "botocore" / "data"
        cut_endpoints(data / "endpoints.json", KEPT_APIS)
        for api, version in KEPT_APIS.items():
            cut_model(data / api / version / "service-2.json.gz", KEPT_OPERATIONS[api])
        report(f"Compiling with {interpreter} …")
        compile_modules(interpreter, tree)
        _refuse_missing(tree)
        drop_sources(tree, kept="tollgate")
        if platform == LAMBDA_PLATFORM:
            _refuse_larger(tree, UNZIPPED_LIMIT)
        report("Writing the zip …")
        files = write_archive(tree, out)
        return Package(
            out, hashlib.sha256(out.read_bytes()).hexdigest(), out.stat().st_size, _size(tree), files
        )


def _prune(tree: Path) -> None:
    for path in sorted(tree.rglob("*")):
        if path.is_file() and not is_needed(path.relative_to(tree)):
            path.unlink()
        elif path.name == "METADATA":
            # Name, version and licence come first; the rest is the project's readme.
            path.write_bytes(path.read_bytes().partition(b"\n\n")[0] + b"\n")


def _refuse_missing(tree: Path) -> None:
    missing = missing_imports(tree / "tollgate", tree)
    if missing:
        raise Failure(
            f"The runtime imports what the package lacks: {', '.join(missing)}.",
            "Name it in requirements/lambda.in and run `make lock`, or correct ops/package/selection.py.",
        )


def _refuse_larger(tree: Path, limit: int) -> None:
    if (size := _size(tree)) > limit:
        raise Failure(
            f"The package has {size:,} bytes unzipped, more than {limit:,}.",
            "Leave out what the functions don't need in ops/package/selection.py, or raise the limit there.",
        )


def _size(tree: Path) -> int:
    return sum(path.stat().st_size for path in tree.rglob("*") if path.is_file())
