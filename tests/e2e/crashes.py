"""Functions that are killed (SIGKILL) while the processor is at work for them."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from local.function_processes import function_processes, kill
from local.simulator.faults import FaultKind
from tests.e2e.caller import Object
from tests.e2e.matrix.bodies import body_of, path_of, payment_before
from tests.e2e.matrix.cases import Case
from tests.e2e.matrix.flows import FLOWS
from tests.e2e.matrix.laptop import Laptop
from tests.e2e.matrix.striking import Struck
from tests.integration.local.project import eventually

HELD_SECONDS = 20
BEFORE_EFFECT, AFTER_EFFECT = FaultKind.TIMEOUT_BEFORE_EFFECT, FaultKind.SLOW
KILLED_IN = {
    "payment by token": "payments",
    "capture": "payments",
    "refund": "refunds",
    "deferred payment": "worker",
    "deferred refund": "worker",
}
"""Flows, and the function that is at the processor in them."""


def crash_cases() -> list[tuple[Case, str]]:
    """Each with the function to kill: while the processor has the request, and while it has done it."""
    flows = [flow for flow in FLOWS if flow.name in KILLED_IN]
    return [
        (Case(flow, ((held, 1),)), KILLED_IN[flow.name])
        for flow in flows
        for held in (BEFORE_EFFECT, AFTER_EFFECT)
    ]


@dataclass(frozen=True)
class Crash:
    """One to come: `function` is killed while it waits for the processor. Its request isn't sent again."""

    case: Case
    function: str
    laptop: Laptop
    state_dir: Path

    def happen(self, token: str) -> Struck:
        """What is left of it."""
        flow, shop = self.case.flow, self.laptop.shop
        before = payment_before(flow, shop, token)
        self.laptop.processor.close_batch()  # what is refunded is settled
        path, key = path_of(flow, before), str(uuid.uuid4())
        reference = {} if before else {"reference": key}
        body = body_of(flow, shop, token) | reference
        headers = {"Prefer": "respond-async"} if flow.deferred else {}
        ((kind, count),) = self.case.strikes
        self.laptop.processor.fail(flow.route, kind, count, HELD_SECONDS)
        known = len(self.laptop.processor.transactions())
        with ThreadPoolExecutor(1) as caller:
            answer = caller.submit(shop.post, path, body, key, **headers)
            eventually(lambda: self._held(known))
            processes = function_processes(self.state_dir, self.laptop.stage.physical_name(self.function))
            assert processes
            kill(processes)
            assert answer.result().status_code == (202 if flow.deferred else 500), answer.result().text
        payment_id = before["id"] if before else self._payment(key)
        refund_id = self._refund(payment_id) if flow.step == "refunds" else None
        return Struck(self.case, path, body, key, None, payment_id, refund_id)

    def _held(self, known: int) -> bool:
        """Whether the processor has the request, and has done it if it was to."""
        done = len(self.laptop.processor.transactions()) - known
        wanted = self.case.strikes[0][0] is AFTER_EFFECT
        return not self.laptop.processor.faults(self.case.flow.route) and done == wanted

    def _payment(self, reference: str) -> str:
        """Its id, which its caller wasn't told."""
        return eventually(lambda: self._listed("/v1/payments", reference=reference))["id"]

    def _refund(self, payment_id: str) -> str:
        return eventually(lambda: self._listed(f"/v1/payments/{payment_id}/refunds"))["id"]

    def _listed(self, path: str, **query: str) -> Object | None:
        return next(iter(self.laptop.shop.get(path, **query).json()["data"]), None)
