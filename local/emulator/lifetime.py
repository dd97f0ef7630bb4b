"""An emulator that saves its state and ends when its parent does, however that ends."""

from __future__ import annotations

import os
import signal
import threading


def stop_with_parent() -> None:
    """Stop once stdin, of which the parent holds the other end, is closed."""
    threading.Thread(target=_wait_for_end, name="stop-with-parent", daemon=True).start()


def _wait_for_end() -> None:
    os.read(0, 1)  # a buffered read would abort the interpreter's shutdown
    os.kill(os.getpid(), signal.SIGTERM)
