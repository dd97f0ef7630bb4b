"""The stack's state, through the Pulumi CLI."""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onboarding.failure import Failure


@dataclass(frozen=True)
class PulumiStack:
    """A stack of the project in `folder`, with the state and the key that the CLI is set up for."""

    name: str
    folder: Path

    def exported(self) -> Mapping[str, Any]:
        """What `pulumi stack export` says. Raises Failure."""
        return json.loads(self._run(["stack", "export"], capture=True))

    def unlock(self) -> None:
        """Ends the lock of a deployment that is dead. Raises Failure."""
        self._run(["cancel", "--yes"])

    def replace(self, deployment: Mapping[str, Any]) -> None:
        """Writes the state anew, as `exported` gave it. The CLI checks that it is whole. Raises Failure."""
        self._run(["stack", "import"], given=json.dumps(deployment))

    def refresh(self) -> None:
        """Reads all resources anew. Raises Failure."""
        self._run(["refresh", "--yes", "--skip-preview"])

    def _run(self, arguments: Sequence[str], *, given: str | None = None, capture: bool = False) -> str:
        cli = shutil.which("pulumi")
        if cli is None:
            raise Failure("There is no `pulumi` on this machine's PATH.", "Install the Pulumi CLI first.")
        command = [cli, *arguments, "--stack", self.name, "--non-interactive"]
        output = subprocess.PIPE if capture else None
        done = subprocess.run(  # noqa: S603
            command, cwd=self.folder, input=given, stdout=output, text=True, check=False
        )
        if done.returncode != 0:
            said = f"`pulumi {' '.join(arguments[:2])}` failed, as it says above."
            raise Failure(said, "Mend what it names, and run `tollgate recover` again: nothing is lost.")
        return done.stdout or ""
