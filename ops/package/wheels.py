"""The locked dependencies, unpacked for Lambda's platform."""

import subprocess
from pathlib import Path

import uv

from onboarding.failure import Failure
from ops.package.interpreter import VERSION

LAMBDA_PLATFORM = "aarch64-manylinux_2_28"
"""Amazon Linux 2023 on arm64 has glibc 2.34."""


def install_wheels(lock: Path, target: Path, platform: str) -> None:
    """Unpack the wheels of `lock` into `target`, each checked against its hash. No source is built.

    Raises Failure with uv's own words.
    """
    command = [uv.find_uv_bin(), "pip", "install", "--quiet", "--target", str(target)]
    command += ["--python-version", VERSION, "--python-platform", platform, "--only-binary", ":all:"]
    command += [
        "--no-compile-bytecode",
        "--link-mode",
        "copy",
        "--require-hashes",
        "--requirements",
        str(lock),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise Failure(
            f"uv couldn't install {lock.name} for {platform}: {done.stderr.strip()}",
            "Check that the package index can be reached, and that `make lock` is up to date.",
        )
