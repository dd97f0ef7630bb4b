"""The Pulumi CLI, built from the Go module proxy: once per machine, into the user's cache."""

import fcntl
import hashlib
import os
import re
import subprocess
from pathlib import Path

MODULE = Path(__file__).parent / "cli"
PACKAGE = "github.com/pulumi/pulumi/pkg/v3"
OLDEST_GO = (1, 21)  # the first that fetches the toolchain that a go.mod asks for


class CannotBuildError(Exception):
    """The Go at hand is too old to build the CLI."""


def built_cli() -> Path:
    """The executable of the version that `cli/go.mod` locks; the first call builds it, which takes minutes.

    Raises `CannotBuildError`, or `CalledProcessError` when the build fails.
    """
    lock = b"".join((MODULE / name).read_bytes() for name in ("go.mod", "go.sum"))
    folder = _cache() / f"pulumi-{hashlib.sha256(lock).hexdigest()[:16]}"
    executable = folder / "pulumi"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # another worker may be building it
        if not executable.exists():
            _build(executable)
    return executable


def _cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tollgate"


def _build(executable: Path) -> None:
    said = subprocess.run(["go", "env", "GOVERSION"], check=True, capture_output=True, text=True).stdout
    version = re.match(r"go(\d+)\.(\d+)", said)
    if version is None or tuple(map(int, version.groups())) < OLDEST_GO:
        raise CannotBuildError(f"Go {'.'.join(map(str, OLDEST_GO))} or later, and this is {said.strip()}")
    locked = re.search(rf"^require {PACKAGE} (v\S+)$", (MODULE / "go.mod").read_text(), re.MULTILINE)
    assert locked, f"cli/go.mod doesn't require {PACKAGE}"
    draft = executable.with_suffix(".draft")
    # Without its version the CLI takes itself for an old one, and refuses the SDK.
    named = f"-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version={locked[1]}"
    subprocess.run(
        ["go", "build", "-ldflags", f"-s -w {named}", "-o", str(draft), f"{PACKAGE}/cmd/pulumi"],
        cwd=MODULE,
        env=os.environ | {"GOTOOLCHAIN": "auto", "GOFLAGS": "-mod=readonly"},
        check=True,
    )
    draft.replace(executable)
