"""Execution environments as Lambda keeps them: started outside of a call's timeout, few, and used again.

Closes three gaps of ministack: every concurrent call starts a process of its own, all at once, however busy
the machine is, so that the calls themselves run out of time; a function that raises loses its process; and
how many there are has no end.
"""

from __future__ import annotations

import contextvars
import os
import threading
from contextlib import suppress
from typing import Any

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

MOST_PER_FUNCTION = 16
"""A call beyond that waits for an environment: a laptop has memory for some, and processors for fewer."""
PATIENCE_SECONDS = 0.1
"""While environments get free, calls wait for them: to start another one takes longer than most calls."""
STARTING_AT_ONCE = os.cpu_count() or 1
RAISED = '"status": "error", "error": str(e), "trace"'
ANSWERED = '"status": "ok", "raised": True, "error": str(e), "trace"'

_changed = threading.Condition(lambda_runtime._lock)
_starting: set[Environment] = set()


class Environment(lambda_runtime.Worker):
    """One process of a function. What the function raises ends the call, as in Lambda, not the process."""

    def invoke(self, *arguments: Any, **keywords: Any) -> dict[str, Any]:
        answer = super().invoke(*arguments, **keywords)
        return {**answer, "status": "error"} if answer.get("raised") else answer


def install() -> None:
    script = lambda_runtime._PYTHON_WORKER_SCRIPT
    if RAISED not in script:
        raise RuntimeError("ministack's worker says otherwise how a function failed")
    lambda_runtime._PYTHON_WORKER_SCRIPT = script.replace(RAISED, ANSWERED)
    lambda_svc.acquire_worker = _acquire
    lambda_svc.release_worker = _release


def _acquire(
    function: str,
    config: dict[str, Any],
    code: bytes,
    qualifier: str = "$LATEST",
    max_concurrency: int | None = None,
) -> tuple[Environment, str]:
    """The first environment that gets free, for this call alone. While none does, more are started."""
    key = lambda_runtime._worker_key(function, config, qualifier)
    stuck = False
    with _changed:
        while True:
            environments = lambda_runtime._workers.setdefault(key, [])
            free = next((each for each in environments if not each.in_use), None)
            if free is not None:
                free.in_use = True
                return free, "reused"
            few = len(environments) < MOST_PER_FUNCTION and len(_starting) < STARTING_AT_ONCE
            if few and (stuck or not environments):
                environment = Environment(function, config, code)
                environment.in_use = True
                environments.append(environment)
                _starting.add(environment)
                in_context = contextvars.copy_context().run
                threading.Thread(target=in_context, args=(_start, environment), daemon=True).start()
            stuck = not _changed.wait(PATIENCE_SECONDS)


def _start(environment: Environment) -> None:
    with suppress(Exception):  # a call will start it again, and hear why that can't be
        lambda_runtime.ensure_spawned(environment)
    with _changed:
        _starting.discard(environment)
    _release(environment)


def _release(environment: Environment | None) -> None:
    if environment is not None:
        lambda_runtime.release_worker(environment)
    with _changed:  # without one, too: it was dropped, and another may be started
        _changed.notify_all()
