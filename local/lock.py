"""One laptop cloud per state directory."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from local.errors import AlreadyRunningError


class DirectoryLock:
    """Held from construction until `release`, or until the process ends, however it ends.

    A process that inherits `descriptor` holds it as well: an emulator whose parent was killed is still saving
    its state, which the next start waits for.
    """

    def __init__(self, directory: Path) -> None:
        self._file = (directory / "lock").open("a+")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._wait_for_heirs(directory)
        self._file.truncate(0)
        self._file.write(str(os.getpid()))
        self._file.flush()

    @property
    def descriptor(self) -> int:
        return self._file.fileno()

    def release(self) -> None:
        self._file.close()

    def _wait_for_heirs(self, directory: Path) -> None:
        self._file.seek(0)
        owner = int(self._file.read() or 0)
        if _is_running(owner):
            self._file.close()
            raise AlreadyRunningError(
                f"{directory} is used by process {owner}; stop that one, or choose another state directory"
            )
        fcntl.flock(self._file, fcntl.LOCK_EX)


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True
