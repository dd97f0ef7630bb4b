"""An emulator that saves its state and ends when its parent does, however that ends, and soon.

Closes a gap of ministack: it waits for requests and functions at work, and its interpreter for its threads.
"""

from __future__ import annotations

import os
import signal
import threading

from hypercorn.config import Config

GRACE_SECONDS = 1.0
"""For requests that are being answered."""


def stop_with_parent() -> None:
    """Stop once stdin, of which the parent holds the other end, is closed."""
    Config.graceful_timeout = GRACE_SECONDS
    threading.Thread(target=_wait_for_end, name="stop-with-parent", daemon=True).start()


def end() -> None:
    """End this process and its functions at once. It leads a session of its own (`Emulator.spawn`)."""
    os.killpg(os.getpid(), signal.SIGKILL)


def _wait_for_end() -> None:
    os.read(0, 1)  # a buffered read would abort the interpreter's shutdown
    os.kill(os.getpid(), signal.SIGTERM)
