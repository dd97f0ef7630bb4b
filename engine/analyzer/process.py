"""The process of a policy pack, started as Pulumi's engine starts it."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import grpc
from pulumi.runtime.proto import engine_pb2_grpc

from engine import Graph
from engine.monitor import EngineLog

START_SECONDS = 60


class PackFailedError(RuntimeError):
    """The pack didn't start, or one of its policies raised. The message says which, and why."""


@dataclass(frozen=True)
class Started:
    """Where a pack listens, and where the engine that it may talk to does."""

    port: int
    engine: str


@contextlib.contextmanager
def started(
    folder: Path, project: str, stack: str, preview: bool, timeout: float = START_SECONDS
) -> Iterator[Started]:
    """The pack of a folder. It would sleep for ever: whatever happens, it is ended with the context.

    Raises `PackFailedError` if it doesn't say within `timeout` seconds where it listens.
    """
    with _engine(Graph(project, stack, preview)) as engine:
        process = subprocess.Popen(
            [sys.executable, "-u", "-m", "pulumi.policy", engine, "."],
            cwd=folder,
            env=_environment(project, stack, preview),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stdout
            yield Started(_port(process.stdout, folder, timeout), engine)
        finally:
            process.kill()
            process.wait()


def _environment(project: str, stack: str, preview: bool) -> dict[str, str]:
    return {
        **os.environ,
        "PULUMI_PROJECT": project,
        "PULUMI_STACK": stack,
        "PULUMI_ORGANIZATION": "organization",
        "PULUMI_DRY_RUN": str(preview).lower(),
        "PULUMI_CONFIG": "{}",
    }


def _port(output: IO[str], folder: Path, timeout: float) -> int:
    """The first line that the pack writes. What it writes later is read too: a full pipe would stop it."""
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        with output:
            for line in output:
                lines.put(line.strip())
            lines.put("")

    threading.Thread(target=read, name="policy pack", daemon=True).start()
    try:
        first = lines.get(timeout=timeout)
    except queue.Empty:
        raise PackFailedError(
            f"the policy pack in {folder} didn't start within {timeout:.0f} seconds"
        ) from None
    if not first.isdigit():
        said = f": it said {first!r}" if first else "; its own words are above"
        raise PackFailedError(f"the policy pack in {folder} didn't start{said}")
    return int(first)


@contextlib.contextmanager
def _engine(graph: Graph) -> Iterator[str]:
    """The engine's log, to which packs in other languages write."""
    with ThreadPoolExecutor(2) as threads:
        server = grpc.server(threads)
        engine_pb2_grpc.add_EngineServicer_to_server(EngineLog(graph), server)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        try:
            yield f"127.0.0.1:{port}"
        finally:
            server.stop(grace=None).wait()
