"""Which processes run a function of the laptop cloud."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local.function_processes import function_processes, kill

FUNCTION = "tollgate-local-payments"


@contextmanager
def running(state_dir: Path, function: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that looks like one of the emulator's, until the test ends."""
    folder = state_dir / "emulator" / "tmp" / f"ministack-lambda-{function}-x1"
    folder.mkdir(parents=True)
    script = folder / "_worker.py"
    script.write_text("print(flush=True)\ninput()")
    with subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        try:
            yield process
        finally:
            process.kill()


def test_a_functions_processes_are_those_of_this_laptop_cloud(tmp_path: Path) -> None:
    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    with (
        running(here, FUNCTION) as wanted,
        running(here, "tollgate-local-refunds"),
        running(elsewhere, FUNCTION),
    ):
        assert function_processes(here, FUNCTION) == [wanted.pid]


def test_a_killed_process_can_not_finish_anything(tmp_path: Path) -> None:
    with running(tmp_path, FUNCTION) as process:
        kill(function_processes(tmp_path, FUNCTION))
        assert process.wait(10) == -signal.SIGKILL
        assert function_processes(tmp_path, FUNCTION) == []
