"""The program itself, as the CLI's language host executes it."""

from __future__ import annotations

import contextlib
import runpy
from collections.abc import Iterator
from pathlib import Path

from pulumi import log


def execute(program: Path) -> None:
    """Run the `__main__.py` of a folder, in the context of a stack that somebody else has set up."""
    runpy.run_path(str(program), run_name="__main__")


@contextlib.contextmanager
def without_debug_lines() -> Iterator[None]:
    """The SDK sends four for each resource, which the CLI shows with `--debug` only: half of a run's time."""
    debug = log.debug
    log.debug = _unheard
    try:
        yield
    finally:
        log.debug = debug


def _unheard(*_words: object, **_about: object) -> None: ...
