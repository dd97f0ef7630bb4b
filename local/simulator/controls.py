"""What tests may look at and make happen, without an access token (`/_simulator/…`)."""

import re
from typing import Annotated, Any
from urllib.parse import parse_qs

import msgspec

from local.simulator.faults import Faults
from local.simulator.ledger import Effect, Ledger
from local.simulator.operations import expire, release
from local.simulator.problems import invalid, not_found
from local.simulator.wire import payment_body

_PAYMENT = re.compile(r"/_simulator/payments/(\w+)(/expire|/release|)")


class _Holds(msgspec.Struct, forbid_unknown_fields=True):
    count: Annotated[int, msgspec.Meta(ge=1)] = 1


class Controls:
    """The truth about what took effect, faults, batches, and what happens without a request of ours."""

    def __init__(self, faults: Faults, ledger: Ledger) -> None:
        self._faults = faults
        self._ledger = ledger

    def answer(self, method: str, path: str, query: str, body: bytes) -> dict[str, Any]:
        """The JSON document of a 200. Raises `Problem`."""
        if match := _PAYMENT.fullmatch(path):
            return self._payment(method, *match.groups())
        match method, path:
            case "GET", "/_simulator/transactions":
                return {"data": msgspec.to_builtins(self._ledger.transactions())}
            case "POST", "/_simulator/batches/close":
                return {"closed": self._ledger.close_batch()}
            case (("POST" | "DELETE"), "/_simulator/books/lag"):
                self._ledger.lag(lagging=method == "POST")
                return {"lagging": method == "POST"}
            case "POST", "/_simulator/holds":
                self._ledger.hold(_count(body))
                return {}
            case _, "/_simulator/faults":
                return self._faults_after(method, query, body)
        raise not_found()

    def _payment(self, method: str, payment_id: str, event: str) -> dict[str, Any]:
        def happens() -> Effect:
            return (expire if event == "/expire" else release)(self._ledger, payment_id)

        if event and method == "POST":
            return self._ledger.happens(happens).body
        if not event and method == "GET":
            return payment_body(self._ledger.payment(payment_id))
        raise not_found()

    def _faults_after(self, method: str, query: str, body: bytes) -> dict[str, Any]:
        match method:
            case "POST":
                self._faults.add(body)
            case "DELETE":
                self._faults.clear(parse_qs(query, keep_blank_values=True).get("route", ()))
            case "GET":
                pass
            case _:
                raise not_found()
        return {"faults": msgspec.to_builtins(self._faults.left())}


def _count(body: bytes) -> int:
    """Of sales to hold; one without a body. Raises `Problem` (400)."""
    try:
        return msgspec.json.decode(body or b"{}", type=_Holds).count
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise invalid("count", str(error)) from None
