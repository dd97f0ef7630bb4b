"""The shop's orders: at most one payment each, however often somebody tries."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from local.shop.api import Answer

CURRENCY = "USD"


@dataclass(frozen=True, slots=True)
class Thing:
    """`price` in minor units of `CURRENCY`."""

    name: str
    price: int


THINGS: Mapping[str, Thing] = {
    "mug": Thing("A mug", 1800),
    "shirt": Thing("A T-shirt", 2400),
    "lamp": Thing("A desk lamp", 4999),
}


@dataclass
class Attempt:
    """One try to pay. All requests of it have the same `key`. `late`: the first of them has had no answer, or
    one that decides nothing. `answer` is the one that decides. `session`: the checkout session, if the
    shopper's page pays and not the shop's server."""

    key: str
    session: Mapping[str, Any] | None = None
    late: bool = False
    payment_id: str | None = None
    answer: Answer | None = None

    @property
    def waits(self) -> bool:
        """Whether the shopper hasn't paid yet."""
        return self.session is not None and self.payment_id is None and self.answer is None

    @property
    def failed(self) -> bool:
        """Certainly: whatever isn't known yet may be a charge."""
        return self.answer is not None and self.answer.status != 201


@dataclass
class Order:
    """What somebody buys. `log` is what the shop did and heard, with the time of each."""

    id: str
    thing: Thing
    attempts: list[Attempt] = field(default_factory=list)
    log: list[tuple[datetime, str]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def begin(self) -> Attempt | None:
        """A new attempt, unless there is one that has succeeded or isn't decided. Its key names the order and
        the attempt: two clicks, two tabs or a page that is loaded anew make no second one."""
        with self._lock:
            if self.attempts and not self.attempts[-1].failed:
                return None
            attempt = Attempt(f"{self.id}-{len(self.attempts) + 1}")
            self.attempts.append(attempt)
            return attempt

    def note(self, words: str) -> None:
        """What is said twice in a row is noted once."""
        with self._lock:
            if not self.log or self.log[-1][1] != words:
                self.log.append((datetime.now(UTC), words))

    @property
    def last(self) -> Attempt | None:
        return self.attempts[-1] if self.attempts else None

    @property
    def status(self) -> str:
        if self.last is None or self.last.failed or self.last.waits:
            return "open"
        return "paid" if self.last.answer else "paying"

    @property
    def message(self) -> str:
        """What the shopper is told: what is true, and no more than is known."""
        if self.last is None or self.last.waits:
            return ""
        if self.last.answer is None:
            return (
                "Your bank's answer is late. We are finding out; you won't be charged twice."
                if self.last.late
                else "Your payment is being made …"
            )
        return _told(self.last.answer)


def _told(answer: Answer) -> str:
    match answer.status:
        case 201:
            return "Paid. Thank you!"
        case 402:
            return "Your card was declined, and nothing was charged. You can try another one."
        case 410:
            return "The time to pay was over, and nothing was charged. Please try again."
        case 422:
            return f"This card can't be used: {_detail(answer.body)} Nothing was charged."
        case _:
            return "We can't take payments at the moment. Nothing was charged; please try again later."


def _detail(problem: Mapping[str, Any]) -> str:
    return " ".join(error["detail"] for error in problem.get("errors", ())) or problem.get("detail", "")


class Orders:
    """All orders since the start; the shop forgets them when it ends. What was paid is Tollgate's to keep."""

    def __init__(self) -> None:
        self._orders: dict[str, Order] = {}

    def open(self, thing: Thing) -> Order:
        order = Order(f"order-{secrets.token_hex(6)}", thing)
        self._orders[order.id] = order
        return order

    def find(self, order_id: str) -> Order | None:
        return self._orders.get(order_id)
