"""The laptop cloud's processor simulator: its own list of what took effect, and its faults."""

from dataclasses import dataclass
from typing import Any

import requests

TIMEOUT = 10
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Simulator:
    """`url` has no slash at its end."""

    url: str

    def transactions(self) -> list[dict[str, Any]]:
        """What took effect, oldest first: kind, order_id, payment_id, amount, currency."""
        return self._call("GET", "transactions")["data"]

    def answer_late(self, seconds: int) -> None:
        """The next payment takes effect at once, and is answered so much later."""
        fault = {"route": "payments.create", "kind": "slow", "count": 1, "seconds": seconds}
        self._call("POST", "faults", {"faults": [fault]})

    def work(self) -> None:
        """Forget about all faults."""
        self._call("DELETE", "faults")

    def _call(self, method: str, name: str, body: Any = None) -> Any:
        answer = requests.request(method, f"{self.url}/_simulator/{name}", json=body, timeout=TIMEOUT)
        answer.raise_for_status()
        return answer.json()
