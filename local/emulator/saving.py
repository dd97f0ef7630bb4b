"""State that outlives a kill: saved within a second of every request, as it was at one moment.

Closes a gap of ministack: it saves its state only when it is stopped in order, and takes seconds for it. A
copy of the process (fork) writes the files, so that requests are answered meanwhile.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ministack import app
from ministack.core import persistence
from ministack.services import dynamodb

PAUSE_SECONDS = 0.5
LONGEST_SECONDS = 60
FIRST = "dynamodb"
"""Before the readers' positions: those of an older stream are passed again, those of a newer one are lost."""

States = Mapping[str, Callable[[], Any]]

_logger = logging.getLogger(__name__)
_asked = threading.Event()
_saving = threading.Lock()


def install() -> None:
    serve = app.app

    async def serve_and_note(scope: Any, receive: Any, send: Any) -> None:
        try:
            await serve(scope, receive, send)
        finally:
            if scope["type"] == "http":  # only now: by then the saved state has been loaded
                _asked.set()

    app.app = serve_and_note
    app.save_all = _save_at_last
    persistence.save_state = _save_state
    threading.Thread(target=_save_again_and_again, name="saving", daemon=True).start()


def _save_again_and_again() -> None:
    while _asked.wait():
        _asked.clear()
        with _saving:
            _save_in_a_copy()
        time.sleep(PAUSE_SECONDS)


def _save_in_a_copy() -> None:
    states = app._build_persistence_save_dict()
    with dynamodb._stream_seq_lock:  # a copy never gets a lock that another thread holds
        copy = os.fork()
    if copy:
        os.waitpid(copy, 0)
        return
    try:
        signal.alarm(LONGEST_SECONDS)
        _save_all(states)
    finally:
        os._exit(0)


def _save_at_last(states: States) -> None:
    """In order, after the last copy has ended; no other begins."""
    _saving.acquire()
    _save_all(states)


def _save_all(states: States) -> None:
    persistence.save_all(dict(sorted(states.items(), key=lambda state: state[0] != FIRST)))


def _save_state(service: str, data: Mapping[str, Any]) -> None:
    """As ministack does, but as one text: to encode it piece by piece takes ten times as long."""
    path = Path(persistence.STATE_DIR) / f"{service}.json"
    document = {"__ministack_format__": persistence._state_format_version(service), "payload": data}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps(document, default=persistence._json_default), encoding="utf-8")
        draft.replace(path)
    except (OSError, TypeError, ValueError):
        _logger.exception("The state of %s isn't saved", service)
