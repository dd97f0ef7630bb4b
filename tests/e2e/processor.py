"""The processor simulator, seen from a test: what it shall do wrong, and what it has in its books."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from local.simulator.faults import FaultKind, Route
from tests.e2e.caller import TIMEOUT, Object, direct_session

SENDS = 3
"""How often the runtime sends one attempt."""


@dataclass(frozen=True)
class Processor:
    """The independent truth about money."""

    url: str
    api_key: str = field(repr=False)

    def fail(self, route: Route, kind: FaultKind, count: int = 1, seconds: float = 0) -> None:
        """The next `count` requests to `route` fail so; a held connection is held for `seconds`."""
        fault = {"route": route, "kind": kind, "count": count, "seconds": seconds}
        self._call("POST", "/_simulator/faults", json={"faults": [fault]})

    def works(self, *routes: Route) -> None:
        """No more faults; or none of these routes."""
        self._call("DELETE", "/_simulator/faults", params={"route": routes})

    def faults(self, *routes: Route) -> list[Object]:
        """What is left of them; or of those of these routes."""
        left = self._call("GET", "/_simulator/faults")["faults"]
        return [fault for fault in left if not routes or fault["route"] in routes]

    def expire(self, payment: Mapping[str, Any]) -> None:
        """Its authorization is held no longer."""
        self._call("POST", f"/_simulator/payments/{payment['processor']['reference']}/expire")

    def close_batch(self) -> None:
        """What was taken is settled: from now on it is refunded, not reversed."""
        self._call("POST", "/_simulator/batches/close")

    def transactions(self, payment: Mapping[str, Any] | None = None) -> list[Object]:
        """What took effect, oldest first: all, or for one payment."""
        entries: list[Object] = self._call("GET", "/_simulator/transactions")["data"]
        return [entry for entry in entries if payment is None or entry["order_id"] == payment["id"]]

    def effects(self, payment: Mapping[str, Any]) -> list[tuple[str, int]]:
        """Kind and amount of what took effect for one payment, as the API tells it."""
        return as_told(self.transactions(payment))

    def _call(self, method: str, path: str, **request: Any) -> Object:
        with direct_session() as session:
            answer = session.request(method, self.url + path, timeout=TIMEOUT, **request)
        assert answer.status_code == 200, answer.text
        return answer.json()


def as_told(transactions: Iterable[Object]) -> list[tuple[str, int]]:
    """Kind and amount of one payment's. What is taken back in an open batch is a refund to the API."""
    told: list[tuple[str, int]] = []
    taken = False
    for entry in transactions:
        taken = taken or entry["kind"] in ("sale", "capture")
        given_back = taken and entry["kind"] == "reversal"
        told.append(("refund" if given_back else entry["kind"], entry["amount"]))
    return told
