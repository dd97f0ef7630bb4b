"""The requests of the cases, each with its faults."""

import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from threading import Lock

import requests

from local.simulator.faults import FaultKind, Route
from tests.e2e.caller import Caller, Object
from tests.e2e.matrix.bodies import body_of, path_of, payment_before
from tests.e2e.matrix.cases import LASTING, Case
from tests.e2e.matrix.flows import FLOWS, Batch
from tests.e2e.matrix.laptop import Laptop
from tests.e2e.matrix.verdict import UNAVAILABLE

HELD_SECONDS = 0.05
CIRCUIT_SECONDS = 1
RELIEF_AFTER = 2
Tell = Callable[[str], None]
Prepared = tuple[Case, Object | None]
"""A case, and the payment that it is about."""


@dataclass(frozen=True)
class Struck:
    """A case carried out. `first`: the status that its request heard; None if whoever should have answered
    was killed. Was it 503, the request was sent once more, without faults."""

    case: Case
    path: str
    body: Object
    key: str
    first: int | None
    payment_id: str
    refund_id: str | None

    def again(self, shop: Caller) -> requests.Response:
        """The answer to the same request once more."""
        return shop.post(self.path, self.body, self.key)

    def __str__(self) -> str:
        return f"{self.case} ({self.refund_id or self.payment_id})"


class Striking:
    """Sends the requests of cases. Nobody else may use the processor meanwhile."""

    def __init__(self, laptop: Laptop, tell: Tell) -> None:
        self._shop, self._processor, self._laptop = laptop.shop, laptop.processor, laptop
        self._token = laptop.shop.token()
        self._worker = Lock()
        self._tell, self._sent = tell, 0

    def all(self, cases: Sequence[Case]) -> list[Struck]:
        """Those of one route in turn, the routes beside each other. The batch closes once: after the requests
        that are to find it open and lose it, and before those that find the next one, which stays open."""
        closing, closed, open_ = (
            [case for case in cases if case.flow.batch is batch]
            for batch in (Batch.CLOSING, Batch.CLOSED, Batch.OPEN)
        )
        with ThreadPoolExecutor(len(Route)) as threads:
            losing, settled = self._prepared(closing, threads), self._prepared(closed, threads)
            struck = self._struck(losing, threads)
            self._processor.close_batch()
            return struck + self._struck([*settled, *self._prepared(open_, threads)], threads)

    def _prepared(self, cases: Sequence[Case], threads: ThreadPoolExecutor) -> list[Prepared]:
        of_routes = ([case for case in cases if case.flow.route is route] for route in Route)
        relieved = [case for lane in of_routes for case in _relieved(lane)]
        befores = threads.map(lambda case: payment_before(case.flow, self._shop, self._token), relieved)
        return list(zip(relieved, befores, strict=True))

    def _struck(self, prepared: Sequence[Prepared], threads: ThreadPoolExecutor) -> list[Struck]:
        lanes = [[each for each in prepared if each[0].flow.route is route] for route in Route]
        return list(chain.from_iterable(threads.map(self._lane, lanes)))

    def _lane(self, cases: Sequence[Prepared]) -> list[Struck]:
        return [self._strike(case, before) for case, before in cases]

    def _strike(self, case: Case, before: Object | None) -> Struck:
        flow, key = case.flow, str(uuid.uuid4())
        path, body = path_of(flow, before), body_of(flow, self._shop, self._token)
        with ExitStack() as ending:
            if flow.deferred:
                ending.enter_context(self._worker)
            if flow.deferred and case.later:  # its first look isn't to find the outcome in the books
                self._laptop.restart_worker()
                self._processor.fail(Route.LIST, FaultKind.ERROR_500, LASTING)
                ending.callback(self._processor.works, Route.LIST)
            first = answer = self._until_met(case, path, body, key)
        while answer.status_code == UNAVAILABLE:
            time.sleep(0 if answer is first else CIRCUIT_SECONDS)
            answer = self._shop.post(path, body, key)
        self._sent += 1
        self._tell(f"{self._sent} requests sent; the last: {case}")
        return Struck(case, path, body, key, first.status_code, *_ids(answer.json()))

    def _until_met(self, case: Case, path: str, body: Object, key: str) -> requests.Response:
        """The answer to the request that met its faults: an open circuit keeps it from them for a while."""
        route = case.flow.route
        headers = {"Prefer": "respond-async"} if case.flow.deferred else {}
        while True:
            for kind, count in case.strikes:
                self._processor.fail(route, kind, count, HELD_SECONDS if kind is FaultKind.SLOW else 0)
            waiting = self._processor.faults(route)
            answer = self._shop.post(path, body, key, **headers)
            if case.flow.deferred:
                self._wait_for_first_look(case, answer.json(), waiting)
            kept_out = answer.status_code == UNAVAILABLE and self._processor.faults(route) == waiting
            self._processor.works(route)
            if not kept_out:
                return answer
            time.sleep(CIRCUIT_SECONDS)

    def _wait_for_first_look(self, case: Case, accepted: Object, waiting: list[Object]) -> None:
        payment_id = accepted.get("payment_id", accepted["id"])
        self._laptop.wait_for_look(payment_id, _seconds(accepted["created_at"]))
        while self._processor.faults(case.flow.route) == waiting:
            self._laptop.restart_worker()
            self._laptop.look_at([payment_id])


def _ids(body: Object) -> tuple[str, str | None]:
    """Of the payment, and of the refund if it is one; a problem has either as a member."""
    shown = body.get("payment") or body.get("refund") or body
    return (shown["payment_id"], shown["id"]) if shown["object"] == "refund" else (shown["id"], None)


def _seconds(timestamp: str) -> float:
    """Unix seconds."""
    return datetime.fromisoformat(timestamp).timestamp()


def _relieved(cases: Sequence[Case]) -> list[Case]:
    """With a request that meets no fault after every few: after five failures in a row a circuit opens."""
    if not cases:
        return []
    like = cases[0].flow
    relief = Case(next(flow for flow in FLOWS if (flow.route, flow.batch) == (like.route, like.batch)), ())
    fews = [cases[start : start + RELIEF_AFTER] for start in range(0, len(cases), RELIEF_AFTER)]
    return [case for few in fews for case in (*few, relief)]
