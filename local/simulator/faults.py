"""What tests may make go wrong, per route (`POST /_simulator/faults`)."""

import threading
from collections.abc import Collection
from enum import StrEnum
from typing import Annotated

import msgspec

from local.simulator.problems import invalid


class Route(StrEnum):
    """Payroc's routes, as faults name them. `*` is any of them."""

    CREATE = "payments.create"
    CAPTURE = "payments.capture"
    REVERSE = "payments.reverse"
    REFUND = "payments.refund"
    LIST = "payments.list"
    GET = "payments.get"
    AUTHORIZE = "authorize"
    ANY = "*"


class FaultKind(StrEnum):
    """How a request goes wrong (`slow` and the `after_effect` kinds take effect at once, the others never).

    `declined` is the documented decline of an operation, `refused` a 400; a read can only be refused.
    `partial_approval` is of `payments.create`: half, rounded down. `payments.get` is of a refund, too.
    """

    TIMEOUT_BEFORE_EFFECT = "timeout_before_effect"
    TIMEOUT_AFTER_EFFECT = "timeout_after_effect"
    CONNECTION_RESET_AFTER_EFFECT = "connection_reset_after_effect"
    ERROR_500 = "error_500"
    ERROR_503 = "error_503"
    RATE_LIMITED = "rate_limited"
    SLOW = "slow"
    DECLINED = "declined"
    REFUSED = "refused"
    PARTIAL_APPROVAL = "partial_approval"


class Fault(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The next `count` requests to `route` fail as `kind` says; a held connection is held for `seconds`."""

    route: Route
    kind: FaultKind
    count: Annotated[int, msgspec.Meta(ge=1)] = 1
    seconds: Annotated[float, msgspec.Meta(ge=0, le=600)] = 5

    def __post_init__(self) -> None:
        if self.kind is FaultKind.PARTIAL_APPROVAL and self.route not in (Route.CREATE, Route.ANY):
            raise ValueError("only payments.create can be approved in part")

    def strikes(self, route: Route) -> bool:
        """Whether a request to `route` meets it."""
        if self.kind is FaultKind.PARTIAL_APPROVAL:
            return route is Route.CREATE
        return self.route in (route, Route.ANY)


class _Order(msgspec.Struct, forbid_unknown_fields=True):
    faults: list[Fault]


class Faults:
    """The faults that are left, in the order in which they were asked for."""

    def __init__(self) -> None:
        self._left: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, body: bytes) -> None:
        """Queue the faults of a JSON body. Raises `Problem` (400) for anything unknown in it."""
        try:
            order = msgspec.json.decode(body, type=_Order)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise invalid("faults", str(error)) from None
        with self._lock:
            self._left += order.faults

    def left(self) -> list[Fault]:
        """What has not happened yet."""
        with self._lock:
            return list(self._left)

    def clear(self, routes: Collection[str] = ()) -> None:
        """Everything works again, or (if some are named) those routes do. Raises `Problem` (400) for an
        unknown one."""
        unknown = set(routes) - set(Route)
        if unknown:
            raise invalid("route", f"There is no route {unknown.pop()!r}")
        with self._lock:
            self._left = [fault for fault in self._left if routes and fault.route not in routes]

    def take(self, route: Route) -> Fault | None:
        """Use up one count of the first fault for `route`, if there is one."""
        with self._lock:
            for place, fault in enumerate(self._left):
                if fault.strikes(route):
                    rest = [msgspec.structs.replace(fault, count=fault.count - 1)] if fault.count > 1 else []
                    self._left[place : place + 1] = rest
                    return fault
        return None
