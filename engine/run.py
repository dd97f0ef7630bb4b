"""Run a Pulumi program as the CLI's language host does, against our own monitor."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import gc
import os
import sys
import traceback
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
from pulumi import RunError
from pulumi.runtime import reset_options, run_in_stack, set_all_config
from pulumi.runtime.proto import engine_pb2_grpc, resource_pb2_grpc

from engine.backend import Backend
from engine.configuration import Configuration, load
from engine.errors import ProgramError
from engine.graph import Graph
from engine.monitor import EngineLog, Monitor
from engine.program import execute, without_debug_lines
from engine.recording import RecordingBackend

PARALLEL = 16
MAX_MESSAGE_BYTES = 400 * 1024 * 1024  # what the SDK itself allows
# Interpolating an Output into a string is a bug that otherwise only warns.
os.environ["PULUMI_ERROR_OUTPUT_STRING"] = "true"


def up(
    root: Path,
    stack: str,
    *,
    preview: bool = True,
    backend: Backend | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Graph:
    """Run the program of `root` for one stack and return what it registered.

    A preview makes nothing, and ids and computed outputs are `Unknown`. Otherwise `backend` makes each
    resource; without one, plausible ids and ARNs are made up (`RecordingBackend`). `overrides` are
    configuration values with qualified keys. One run at a time per process, from one thread.

    Raises `ConfigurationError`, `ProgramError` (the program raised) or `ResourceError` (a resource was
    refused).
    """
    configuration = load(root, stack, overrides or {})
    graph = Graph(configuration.project, stack, preview)
    monitor = Monitor(graph, configuration, backend or RecordingBackend())
    with (
        _served(monitor, EngineLog(graph)) as address,
        _fresh_modules(configuration.program),
        _without_collection(),
    ):
        try:
            contextvars.copy_context().run(_run_program, configuration, address, preview)
        except Exception as error:
            if monitor.failures:
                raise monitor.failures[0] from None
            raise ProgramError(_words(error)) from error
    return graph


@contextlib.contextmanager
def _served(monitor: Monitor, log: EngineLog) -> Iterator[str]:
    options = [("grpc.max_receive_message_length", MAX_MESSAGE_BYTES)]
    with ThreadPoolExecutor(PARALLEL) as threads:
        server = grpc.server(threads, options=options)
        resource_pb2_grpc.add_ResourceMonitorServicer_to_server(monitor, server)
        engine_pb2_grpc.add_EngineServicer_to_server(log, server)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        try:
            yield f"127.0.0.1:{port}"
        finally:
            server.stop(grace=5).wait()


@contextlib.contextmanager
def _without_collection() -> Iterator[None]:
    """A program makes a million objects and hardly lets one go: looking for garbage among them takes a third
    of a run. What is left is found after it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextlib.contextmanager
def _fresh_modules(program: Path) -> Iterator[None]:
    """The program's own modules are imported anew by each run, and its folder is the working directory."""
    before = set(sys.modules)
    with contextlib.chdir(program):
        try:
            yield
        finally:
            for name in set(sys.modules) - before:
                file = getattr(sys.modules[name], "__file__", None)
                if file and Path(file).is_relative_to(program):
                    del sys.modules[name]


def _run_program(configuration: Configuration, address: str, preview: bool) -> None:
    reset_options(
        project=configuration.project,
        stack=configuration.stack,
        organization="organization",
        engine_address=address,
        monitor_address=address,
        parallel=PARALLEL,
        preview=preview,
    )
    set_all_config(dict(configuration.values))
    with without_debug_lines(), asyncio.Runner() as runner:
        loop = runner.get_loop()
        loop.set_default_executor(ThreadPoolExecutor(PARALLEL * 4))
        # After one failure every dependent future fails too; the monitor has kept the cause.
        loop.set_exception_handler(lambda _loop, _context: None)
        runner.run(run_in_stack(lambda: execute(configuration.program)))


def _words(error: Exception) -> str:
    """The program's own message; for an exception of Python itself also its kind and place."""
    if isinstance(error, RunError) or type(error).__module__ != "builtins":
        return str(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({Path(place.filename).name}, line {place.lineno})"
