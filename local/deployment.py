"""Bring the emulator to what the Pulumi program declares, with as little work as possible."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from local.errors import LocalCloudError
from local.program import program_digest
from local.provisioning.target import Target
from local.state import DeploymentState

STACK = "local"
GENERATION = "/tollgate/local/generation"  # an SSM parameter: saved and lost together with all the rest


class StateLostError(LocalCloudError):
    """The emulator doesn't hold what the state file says."""


@dataclass(frozen=True)
class Deployment:
    """The program of `root` with its configuration `overrides`, deployed to `target`."""

    root: Path
    overrides: Mapping[str, str]
    target: Target
    state_file: Path

    def check_state(self) -> None:
        """Raise `StateLostError` unless emulator and state file are of the same generation."""
        if DeploymentState.load(self.state_file).generation != self._generation():
            raise StateLostError("the emulator was killed before it could save its state")

    def deploy(self, report: Callable[[str], None]) -> dict[str, Any]:
        """Run the program unless nothing changed since it last ran, and return its exports.

        Raises the engine's `DeploymentError`. What was made by then is remembered.
        """
        state = DeploymentState.load(self.state_file)
        digest = program_digest(self.root, self.overrides)
        with self._new_generation(state):
            if digest == state.program_digest:
                report("nothing changed since the last start")
            else:
                state.program_digest = ""
                state.exports = self._run_program(state, report)
                state.program_digest = digest
        return state.exports

    def _run_program(self, state: DeploymentState, report: Callable[[str], None]) -> dict[str, Any]:
        with _collector_paused():
            # Pulumi takes seconds to import, which a start without changes doesn't need.
            from engine import reveal, up  # noqa: PLC0415
            from local.provisioning.provisioner import Provisioner  # noqa: PLC0415

            report("running the Pulumi program")
            provisioner = Provisioner(self.target, state)
            graph = up(self.root, STACK, preview=False, backend=provisioner, overrides=self.overrides)
        if removed := state.missing(graph.nodes):
            names = ", ".join(urn.rpartition("::")[2] for urn in removed)
            raise LocalCloudError(f"gone from the program, but still there: {names}; run `make clean-local`")
        report(provisioner.summary())
        return reveal(graph.exports)

    @contextmanager
    def _new_generation(self, state: DeploymentState) -> Iterator[None]:
        """Whoever is killed within has an older generation than the other side, which `check_state` sees."""
        state.generation = uuid4().hex
        self.target.client("ssm").put_parameter(
            Name=GENERATION, Value=state.generation, Type="String", Overwrite=True
        )
        try:
            yield
        finally:
            state.save(self.state_file)

    def _generation(self) -> str:
        ssm = self.target.client("ssm")
        try:
            return ssm.get_parameter(Name=GENERATION)["Parameter"]["Value"]
        except ssm.exceptions.ParameterNotFound:
            return ""


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Importing pulumi_aws makes so many objects that collecting garbage meanwhile takes a second."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()
