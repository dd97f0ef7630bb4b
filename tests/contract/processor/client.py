"""Payroc's API without the adapter: plain HTTP to the simulator."""

import uuid
from typing import Any

import requests

from tests.contract.processor.scene import API_KEY

NUMBER = "4539858876047062"


class Client:
    """Plain HTTP with an access token."""

    def __init__(self, url: str) -> None:
        self.url = url
        granted = requests.post(f"{url}/authorize", headers={"x-api-key": API_KEY}, timeout=10).json()
        self.authorization = f"Bearer {granted['access_token']}"

    def post(self, path: str, body: Any, key: str | None = None, **headers: str) -> requests.Response:
        sent = {"Authorization": self.authorization, "Idempotency-Key": key or str(uuid.uuid4())} | headers
        return requests.post(f"{self.url}/v1{path}", json=body, headers=sent, timeout=10)

    def get(self, path: str, **query: str) -> requests.Response:
        headers = {"Authorization": self.authorization}
        return requests.get(f"{self.url}/v1{path}", params=query, headers=headers, timeout=10)

    def happens(self, what: str, **body: int) -> requests.Response:
        """What nobody at Payroc would be asked for."""
        return requests.post(f"{self.url}/_simulator/{what}", json=body or None, timeout=10)

    def expire(self, payment_id: str) -> requests.Response:
        return self.happens(f"payments/{payment_id}/expire")

    def pay(self, amount: int = 5000, *, capture: bool = True) -> str:
        """The id of a new payment."""
        return self.post("/payments", submission(amount) | {"autoCapture": capture}).json()["paymentId"]

    def capture(self, payment_id: str, amount: int) -> requests.Response:
        return self.post(f"/payments/{payment_id}/capture", {"amount": amount})

    def reverse(self, payment_id: str, amount: int | None = None) -> requests.Response:
        return self.post(f"/payments/{payment_id}/reverse", {"amount": amount} if amount else {})

    def refund(self, payment_id: str, amount: int) -> requests.Response:
        return self.post(f"/payments/{payment_id}/refund", {"amount": amount, "description": "ref_1"})

    def effects(self) -> list[tuple[str, int]]:
        return [(entry["kind"], entry["amount"]) for entry in self.transactions()]

    def transactions(self) -> list[dict[str, Any]]:
        return requests.get(f"{self.url}/_simulator/transactions", timeout=10).json()["data"]


def submission(
    amount: int = 4999, order_id: str = "pay_1", card: dict[str, str] | None = None
) -> dict[str, Any]:
    keyed = {"dataFormat": "plainText", "cardNumber": NUMBER, "expiryDate": "1234", "cvv": "123"}
    keyed |= card or {}
    return {
        "channel": "web",
        "processingTerminalId": "1234001",
        "order": {"orderId": order_id, "amount": amount, "currency": "USD"},
        "paymentMethod": {"type": "card", "cardDetails": {"entryMethod": "keyed", "keyedData": keyed}},
    }


def problem(answer: requests.Response) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].removeprefix("https://docs.payroc.com/api/errors#")
