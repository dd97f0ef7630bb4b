"""What the exchanges are made of: payments at Payroc, and what its answers say of them."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ops.uat.hosts import Hosts
from ops.uat.wire import Answer, Body, Wire

# Published test data (docs.payroc.com, "Test your integration: online payments").
CARD = "4539858876047062"
AMOUNT = 5000


class NotYet(Exception):
    """It can't be found out before something has happened at Payroc. The message says what."""


@dataclass
class Bench:
    """`pause` waits for seconds. `notes`: ids of payments that wait for a later run, by purpose."""

    hosts: Hosts
    pause: Callable[[float], None] = time.sleep
    notes: dict[str, str] = field(default_factory=dict)
    wire: Wire = field(init=False)

    def __post_init__(self) -> None:
        self.wire = Wire(self.hosts, self.pause)

    def submission(self, amount: int = AMOUNT, **changes: Any) -> Body:
        """The body of a new payment. `changes`: `capture`, `currency`, `order_id`, `expiry`."""
        keyed = {"dataFormat": "plainText", "cardNumber": CARD, "expiryDate": "1230", "cvv": "123"}
        keyed["expiryDate"] = changes.get("expiry", keyed["expiryDate"])
        return {
            "channel": "web",
            "processingTerminalId": self.hosts.terminal,
            "order": {
                "orderId": changes.get("order_id") or order_id(),
                "amount": amount,
                "currency": changes.get("currency", "USD"),
            },
            "paymentMethod": {"type": "card", "cardDetails": {"entryMethod": "keyed", "keyedData": keyed}},
            "autoCapture": changes.get("capture", True),
        }

    def pay(self, amount: int = AMOUNT, **changes: Any) -> Answer:
        return self.wire.post("/payments", self.submission(amount, **changes))

    def paid(self, amount: int = AMOUNT, **changes: Any) -> str:
        """The id of a new payment."""
        return str(self.pay(amount, **changes).body["paymentId"])

    def step(self, payment_id: str, name: str, **body: Any) -> Answer:
        """`capture`, `reverse` or `refund`."""
        return self.wire.post(f"/payments/{payment_id}/{name}", body)

    def refund(self, payment_id: str, amount: int, description: str = "Refund ref_uat") -> Answer:
        return self.step(payment_id, "refund", amount=amount, description=description)

    def read(self, payment_id: str) -> Answer:
        return self.wire.get(f"/payments/{payment_id}")

    def found(self, order: str) -> list[Body]:
        """The order's payments by the list, once it shows any; none after a minute."""
        for pause in (0, 1, 2, 5, 10, 20, 22):
            self.pause(pause)
            listed = self.wire.get(f"/payments?orderId={order}&processingTerminalId={self.hosts.terminal}")
            if data := listed.body.get("data"):
                return data
        return []

    def listed(self, order: str) -> int:
        """How many payments of the order the list shows."""
        return len(self.found(order))

    def settled(self, purpose: str) -> str:
        """A sale whose batch is closed. Raises `NotYet`."""
        return self._waiting_for(
            purpose,
            self.paid,
            lambda _: self.wire.control("batches/close"),
            lambda answer: "refund" in answer.body.get("supportedOperations", ()),
            "the batch is closed",
        )

    def expired(self, purpose: str) -> str:
        """An authorization that has run out. Raises `NotYet`."""
        return self._waiting_for(
            purpose,
            lambda: self.paid(capture=False),
            lambda payment_id: self.wire.control(f"payments/{payment_id}/expire"),
            lambda answer: result(answer)["status"] == "expired",
            "the authorization has expired",
        )

    def _waiting_for(
        self,
        purpose: str,
        make: Callable[[], str],
        bring_about: Callable[[str], None],
        reached: Callable[[Answer], bool],
        what: str,
    ) -> str:
        if purpose not in self.notes:
            self.notes[purpose] = make()
            bring_about(self.notes[purpose])
        if not reached(self.read(self.notes[purpose])):
            raise NotYet(f"until {what}")
        return self.notes[purpose]


def order_id(length: int = 24) -> str:
    """A new one: 24 characters are the most that Payroc documents anywhere."""
    return ("uat" + secrets.token_hex(length))[:length]


def result(answer: Answer) -> Body:
    """What happened: `http`, and of a payment `type`, `status`, `code` and `authorized`; of a problem its
    `problem`."""
    if answer.status >= 400:
        return {"http": answer.status, "problem": answer.problem, "status": ""}
    said = answer.body.get("transactionResult", {})
    return {
        "http": answer.status,
        "type": said.get("type"),
        "status": said.get("status"),
        "code": said.get("responseCode"),
        "authorized": said.get("authorizedAmount"),
    }


def refusal(answer: Answer) -> Body:
    """`http` and `problem` alone."""
    return {"http": answer.status, "problem": answer.problem}


def operations(answer: Answer) -> list[str]:
    """Those of the supported operations that the adapter chooses among."""
    used = ("capture", "refund", "fullyReverse", "partiallyReverse")
    return [each for each in used if each in answer.body.get("supportedOperations", ())]
