"""Ports of 127.0.0.1."""

from __future__ import annotations

import random
import socket

from local.errors import PortTakenError

# Below the ranges from which Linux and macOS take the local ports of outgoing connections.
CANDIDATES = range(20_000, 30_000)


def free_port() -> int:
    """A port that nobody listens on now, fit to be used for a long time."""
    for port in random.sample(CANDIDATES, len(CANDIDATES)):
        try:
            _listening(port).close()
        except OSError:
            continue
        return port
    raise PortTakenError(f"no port of {CANDIDATES.start}-{CANDIDATES.stop - 1} is free")


def ensure_free(port: int, purpose: str, remedy: str) -> None:
    """Raise `PortTakenError` when somebody listens on the port."""
    try:
        _listening(port).close()
    except OSError:
        raise PortTakenError(f"port {port} ({purpose}) is in use by another program; {remedy}") from None


def _listening(port: int) -> socket.socket:
    return socket.create_server(("127.0.0.1", port))
