"""The laptop cloud: emulator, deployment, processor simulator, seeds and shop, started and stopped as one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from local.emulator import Emulator
from local.errors import LocalCloudError, StateUnusableError
from local.lock import DirectoryLock
from local.probe import answers
from local.sources import Changed, Sources
from local.startup import LocalConfig, Startup
from local.state import write_private

__all__ = ["Cloud", "LocalConfig", "start"]

MOST_NAMES = 3
LOOK_SECONDS = 0.3
"""How often it is looked what there is to show, and whether a source has changed."""


class Cloud:
    """A running laptop cloud. `description` is the content of `local.json`."""

    def __init__(
        self, description: dict[str, Any], startup: Startup, emulator: Emulator, resources: ExitStack
    ) -> None:
        self.description = description
        self._startup = startup
        self._emulator = emulator
        self._resources = resources

    @property
    def emulator_pid(self) -> int:
        """The emulator's process."""
        return self._emulator.pid

    def wait(self, show: Callable[[str], None]) -> None:
        """Block until the emulator ends by itself, which raises `LocalCloudError`. Ctrl-C interrupts.

        Meanwhile `show` gets a line for each request and failure, and functions get their code anew when it
        is edited.
        """
        sources = Sources(self._startup.root)
        with self._emulator.requests.open(encoding="utf-8") as lines:
            while not self._emulator.wait(LOOK_SECONDS):
                for line in lines:
                    show(line.rstrip("\n"))
                if changed := sources.changed():
                    self._take_up(changed, show)
        raise LocalCloudError(
            "the emulator has ended; start again, all but the last second is saved "
            f"(its last words: {self._emulator.log})"
        )

    def _take_up(self, changed: Changed, show: Callable[[str], None]) -> None:
        shown = changed.names[:MOST_NAMES]
        names = ", ".join(shown) + (f" and {more} more" if (more := len(changed.names) - len(shown)) else "")
        if not changed.code_only:
            show(f"{names} changed: stop and start to see it")
            return
        from engine import DeploymentError  # noqa: PLC0415 - with Pulumi's SDK, which takes its time

        show(f"{names} changed")
        try:
            self._startup.deploy()
        except (LocalCloudError, DeploymentError) as error:
            show(f"it can't be taken up: {error}")
        else:
            show("taken up: the next request runs it")

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
    ready_file = config.state_dir.resolve() / "local.json"
    with ExitStack() as started:
        lock = _locked(config.state_dir)
        started.callback(lock.release)
        ready_file.unlink(missing_ok=True)
        startup = Startup(config, lock, report, started)
        emulator, exports = startup.deployed_emulator()
        description = startup.open_shop(startup.seeded_description(exports))
        _warm_up(description["base_url"])
        write_private(ready_file, description)
        started.callback(ready_file.unlink, missing_ok=True)
        return Cloud(description, startup, emulator, started.pop_all())


def _locked(directory: Path) -> DirectoryLock:
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        return DirectoryLock(directory)
    except OSError as error:
        raise StateUnusableError(
            f"{directory} can't be written ({error.strerror}); name another with TOLLGATE_STATE_DIR"
        ) from error


def _warm_up(base_url: str) -> None:
    """Show that the API answers, so that the first caller doesn't wait for the first function to start."""
    if not answers(f"{base_url}/health", timeout=30):
        raise LocalCloudError(f"the API doesn't answer at {base_url}/health; see emulator/emulator.log")
