"""What the shop's visitor may make go wrong: the card processor, and the function that pays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import requests

TIMEOUT = 10

BEHAVIOURS: Mapping[str, tuple[str, dict[str, Any] | None]] = {
    "works": ("takes the card", None),
    "declines": ("declines the card", {"route": "payments.create", "kind": "declined"}),
    "loses the answer": (
        "charges, and its answers get lost",
        {"route": "*", "kind": "timeout_after_effect", "count": 10},
    ),
    "fails": ("fails for a while", {"route": "*", "kind": "error_500", "count": 10}),
    "is unreachable": ("can't be reached", {"route": "payments.create", "kind": "rate_limited", "count": 20}),
    "is slow": (
        "charges, and answers 20 s later",
        {"route": "payments.create", "kind": "slow", "seconds": 20},
    ),
}
"""By the name that the page sends: what the page shows, and the simulator's fault."""


@dataclass(frozen=True, slots=True)
class Processor:
    """The simulator at `url`. `kill` ends the processes of the function that pays; it tells how many."""

    url: str
    kill: Callable[[], int]

    def behave(self, name: str) -> None:
        """From the next request on. Raises `KeyError` for an unknown name."""
        fault = BEHAVIOURS[name][1]
        self._call("DELETE", "faults")
        if fault:
            self._call("POST", "faults", {"faults": [fault]})

    def effects(self, payment_id: str) -> list[dict[str, Any]]:
        """What took effect of our payment, oldest first."""
        return [each for each in self._call("GET", "transactions")["data"] if each["order_id"] == payment_id]

    def shows(self, reference: str) -> dict[str, Any]:
        """A payment as it stands there. `reference` is the processor's own id."""
        return self._call("GET", f"payments/{reference}")

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.request(method, f"{self.url}/_simulator/{path}", json=body, timeout=TIMEOUT)
        answer.raise_for_status()
        return answer.json()
