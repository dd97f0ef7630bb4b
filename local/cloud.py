"""The laptop cloud: emulator, deployment, processor simulator and seeds, started and stopped as one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Any

from local.emulator import Emulator
from local.errors import LocalCloudError
from local.lock import DirectoryLock
from local.probe import answers
from local.startup import LocalConfig, Startup
from local.state import write_private

__all__ = ["Cloud", "LocalConfig", "start"]


class Cloud:
    """A running laptop cloud. `description` is the content of `local.json`."""

    def __init__(self, description: dict[str, Any], emulator: Emulator, resources: ExitStack) -> None:
        self.description = description
        self._emulator = emulator
        self._resources = resources

    @property
    def emulator_pid(self) -> int:
        """The emulator's process."""
        return self._emulator.pid

    def wait(self) -> None:
        """Block until the emulator ends by itself, which raises `LocalCloudError`. Ctrl-C interrupts."""
        self._emulator.wait()
        raise LocalCloudError("the emulator has ended; start again, what it hadn't saved is lost")

    def stop(self) -> None:
        """End everything in order; all state is saved. A second call does nothing."""
        self._resources.close()

    def __enter__(self) -> Cloud:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(config: LocalConfig, report: Callable[[str], None]) -> Cloud:
    """Start everything, or nothing: `report` gets a line per step. `local.json` exists while it runs.

    Raises `LocalCloudError`: a port or the state directory is in use, the account or Region is wrong, the
    emulator doesn't start. Raises the engine's `DeploymentError`: the program or a setting is wrong, a
    resource can't be made or brought up to date.
    """
    config.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    ready_file = config.state_dir.resolve() / "local.json"
    with ExitStack() as started:
        lock = DirectoryLock(config.state_dir)
        started.callback(lock.release)
        ready_file.unlink(missing_ok=True)
        startup = Startup(config, lock, report, started)
        emulator, exports = startup.deployed_emulator()
        description = startup.seeded_description(exports)
        _warm_up(description["base_url"])
        write_private(ready_file, description)
        started.callback(ready_file.unlink, missing_ok=True)
        return Cloud(description, emulator, started.pop_all())


def _warm_up(base_url: str) -> None:
    """Show that the API answers, so that the first caller doesn't wait for the first function to start."""
    if not answers(f"{base_url}/health", timeout=30):
        raise LocalCloudError(f"the API doesn't answer at {base_url}/health; see emulator/emulator.log")
