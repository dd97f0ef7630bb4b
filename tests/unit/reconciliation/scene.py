"""A merchant whose days are compared with the processor's books."""

from collections.abc import Callable
from typing import Any

from tests.contract.processor.fake import FakeProcessor
from tests.examples import ACCOUNT
from tests.unit.api.caller import Api
from tollgate.domain.card import Card
from tollgate.domain.charge import Charge
from tollgate.domain.day import days_to_look_at
from tollgate.domain.evidence import Trace
from tollgate.domain.merchant import ProcessorAccount
from tollgate.domain.outcome import Approved, Unknown
from tollgate.handlers.reconciler import compared
from tollgate.operations.reconcile import ReconciliationPorts
from tollgate.wiring.reconciler import World

HOUR = 3_600
DAY = 24 * HOUR


class Books(FakeProcessor):
    """With a clock that may be `ahead` (milliseconds), and a hook for while a payment is looked up."""

    def __init__(self, now: Callable[[], int]) -> None:
        super().__init__(lambda: now() + self.ahead)
        self.ahead = 0
        self.meanwhile: Callable[[], object] = lambda: None

    def find(self, account: ProcessorAccount, order_id: str) -> tuple[Trace, ...] | Unknown:
        found = super().find(account, order_id)
        self.meanwhile()
        return found


def compared_day(api: Api, **event: str) -> dict[str, Any]:
    """The report of the day that has ended, or of the one that the event names."""
    return run(api, **event)["days"][0]


def run(api: Api, **event: str) -> dict[str, Any]:
    """All that a run finds: of the day that has ended, unless the event names another."""
    day = event or {"day": str(days_to_look_at(api.clock.now())[0])}
    return compared(day, "run-1", world(api))


def world(api: Api) -> World:
    return World(
        ReconciliationPorts(
            api.merchants, api.payments, api.payments, api.processor, api.trail, api.vault.outbox, api.clock
        )
    )


def differences(api: Api) -> list[tuple[str, str | None]]:
    return [(each["kind"], each["payment_id"]) for each in compared_day(api)["differences"]]


def recorded(api: Api) -> list[tuple[str, str, str | None]]:
    return [
        (each.merchant_id, each.resource.type, each.resource.id)
        for each in api.trail.audits
        if each.action.value == "reconciliation.difference"
    ]


def elsewhere(api: Api, order_id: str, amount: int = 700) -> str:
    """A sale that the API knows nothing of; its reference."""
    card = Card("4539858876047062", 12, 2030)
    sale = api.processor.send(
        ACCOUNT, f"by hand {order_id}", Charge(order_id, amount, "USD", True, card, None)
    )
    assert isinstance(sale, Approved)
    return sale.reference


def reference_of(api: Api, payment_id: str) -> str:
    return api.stored(payment_id).processor_reference or ""
