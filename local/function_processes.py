"""The processes in which the laptop cloud runs a function."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

PROC = Path("/proc")


def function_processes(state_dir: Path, function: str) -> list[int]:
    """Process ids of `function` (its AWS name) in the laptop cloud that keeps its state in `state_dir`.

    The emulator unpacks each into a folder of its own under that directory, and runs a script in it.
    """
    folders = str(state_dir.resolve() / "emulator" / "tmp" / f"ministack-lambda-{function}-")
    return [pid for pid, command in _commands() if folders in command]


def kill(processes: list[int]) -> None:
    """End them at once (SIGKILL): they can't finish anything."""
    for process in processes:
        os.kill(process, signal.SIGKILL)


def _commands() -> Iterator[tuple[int, str]]:
    """Every process's id and command line."""
    if PROC.is_dir():
        for directory in PROC.iterdir():
            if directory.name.isdecimal():
                yield int(directory.name), _command(directory)
        return
    listed = subprocess.run(
        ["/bin/ps", "-axww", "-o", "pid=,command="], capture_output=True, check=True, text=True
    )
    for line in listed.stdout.splitlines():
        pid, _, command = line.strip().partition(" ")
        yield int(pid), command


def _command(directory: Path) -> str:
    try:
        return (directory / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:  # it has ended meanwhile
        return ""
