"""The settings at the root belong to the company that deploys them: no test may depend on them."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The laptop's stack and what suits other programs are nobody's own.
OURS = {ROOT / "Pulumi.local.yaml", ROOT / "policies" / "config" / "other-programs.json"}
PATTERNS = (
    "Pulumi.*.yaml",
    "*/Pulumi.*.yaml",
    "security/*/Pulumi.*.yaml",
    "policies/config/*.json",
    "stages.json",
)


class ReadByTestError(Exception):
    """A test opened a file whose content is the company's to choose."""


def own_settings() -> frozenset[str]:
    """All files that a company adapts: of stages, of accounts, and of what the policies ask of them."""
    found = {path for pattern in PATTERNS for path in ROOT.glob(pattern)}
    return frozenset(str(path) for path in found - OURS)


def forbid_reading() -> None:
    """From now on whoever opens such a file in this process fails."""
    forbidden = own_settings()

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and isinstance(opened := arguments[0], str | os.PathLike):
            path = os.fspath(opened)
            if path in forbidden:
                raise ReadByTestError(f"{path} may say anything: tests run the stacks of tests/stacks")

    sys.addaudithook(watch)
