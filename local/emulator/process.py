"""The emulator's process: how it is started, found ready and stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from local.aws_calls import FILE_NAME
from local.errors import LocalCloudError
from local.probe import answers

READY_SECONDS = 60
STOP_SECONDS = 30
KEPT_IDLE_SECONDS = 60
PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL")  # functions inherit the emulator's environment


class EmulatorError(LocalCloudError):
    """The emulator did not start."""


@dataclass(frozen=True)
class EmulatorSettings:
    """`port` serves the AWS APIs, `front_port` the REST API `api_id` at its `stage`, both on 127.0.0.1."""

    directory: Path
    port: int
    front_port: int
    api_id: str
    stage: str
    account: str
    region: str

    @property
    def calls(self) -> Path:
        """Where the functions' calls of AWS are taken down (`local.aws_calls`), anew at each start."""
        return self.directory / FILE_NAME

    @property
    def requests(self) -> Path:
        """A line for people for each request of the API and each failure, anew at each start."""
        return self.directory / "requests.log"


class Emulator:
    """A running emulator. It saves all state in its directory when it is stopped or its parent dies."""

    def __init__(self, settings: EmulatorSettings, process: subprocess.Popen[bytes]) -> None:
        self._settings = settings
        self._process = process

    @classmethod
    def spawn(cls, settings: EmulatorSettings, inherited: Sequence[int] = ()) -> Emulator:
        """Start the process without waiting for it; `wait_until_ready` does.

        It keeps the `inherited` file descriptors open until it ends.
        """
        temporary = settings.directory / "tmp"
        shutil.rmtree(temporary, ignore_errors=True)  # unpacked function archives of earlier runs
        temporary.mkdir(parents=True)
        prefix = f"/_aws/execute-api/{settings.api_id}/{settings.stage}"
        front = ["--front-port", str(settings.front_port), "--front-prefix", prefix]
        files = ["--calls", str(settings.calls), "--requests", str(settings.requests)]
        with (settings.directory / "emulator.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "local.emulator", *front, *files],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=settings.directory,
                env=_environment(settings),
                pass_fds=inherited,
                start_new_session=True,  # Ctrl-C is for the parent, which stops the emulator in order
            )
        return cls(settings, process)

    @property
    def endpoint(self) -> str:
        """The URL of the AWS APIs."""
        return f"http://127.0.0.1:{self._settings.port}"

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_running(self) -> bool:
        return self._process.poll() is None

    def wait_until_ready(self) -> None:
        """Return once the AWS APIs answer; `EmulatorError` when the process ends or takes too long."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if not self.is_running():
                raise EmulatorError(f"the emulator ended at its start; its last words:\n{self._last_words()}")
            if answers(f"{self.endpoint}/_ministack/health", timeout=5):
                return
            time.sleep(0.05)
        self.stop()
        raise EmulatorError(f"the emulator was not ready after {READY_SECONDS} s; see {self.log}")

    def wait(self, seconds: float | None = None) -> bool:
        """Block until the process ends, or for so long: whether it has ended."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return not self.is_running()

    @property
    def requests(self) -> Path:
        """Where it says what the API answers (`EmulatorSettings.requests`)."""
        return self._settings.requests

    def stop(self) -> None:
        """Let it save its state and end; returns when it has ended. A second call does nothing."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)  # functions that were still at work
        if self._process.stdin:
            self._process.stdin.close()

    @property
    def log(self) -> Path:
        """What the process itself has said."""
        return self._settings.directory / "emulator.log"

    def _last_words(self) -> str:
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])


def _environment(settings: EmulatorSettings) -> dict[str, str]:
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return passed_on | {
        "TMPDIR": str(settings.directory / "tmp"),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(settings.port),
        "MINISTACK_REGION": settings.region,
        "MINISTACK_ACCOUNT_ID": settings.account,
        "AUTH": "true",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(settings.directory / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(settings.directory / "s3"),
        "LOG_LEVEL": "WARNING",
        "IOT_MTLS_ENABLED": "0",  # else it listens on every interface
        "LAMBDA_WARM_TTL_SECONDS": str(KEPT_IDLE_SECONDS),  # a burst's functions go again
        "LAMBDA_ACCOUNT_CONCURRENCY": "1000",  # as in AWS, whatever this machine's memory
    }
