"""Pays orders as every shop should: the same request with the same key, until there is an answer."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import requests

from local.shop.api import Answer, Api
from local.shop.orders import CURRENCY, Attempt, Order

UNAVAILABLE_TRIES = 3
LONGEST_PAUSE = 5.0


class Cashier:
    """Each attempt to pay has a thread of its own, so the page can ask how it goes. They end when `stopping`
    is set: what they haven't heard by then resolves without them."""

    def __init__(self, api: Api, stopping: threading.Event) -> None:
        self._api = api
        self._stopping = stopping

    def pay(self, order: Order, encrypted_card: str) -> None:
        """Begin to pay, unless the order is paid or is being paid."""
        attempt = order.begin()
        if attempt:
            payment = {**_terms(order, attempt), "payment_method": {"encrypted_card": encrypted_card}}
            order.note(f"POST /v1/payments with the key {attempt.key}")
            threading.Thread(
                target=self._carry_out, args=(order, attempt, payment), name=attempt.key, daemon=True
            ).start()

    def open_session(self, order: Order, return_url: str) -> Mapping[str, Any] | None:
        """What the shopper's page may pay by itself. None: the order is paid, or is being paid otherwise."""
        last = order.last
        attempt = last if last and last.session is not None and not last.failed else order.begin()
        if attempt and attempt.session is None:
            terms = {**_terms(order, attempt), "return_url": return_url}
            order.note(f"POST /v1/checkout_sessions with the key {attempt.key}")
            attempt.session = self._api.post("/v1/checkout_sessions", terms, attempt.key).body
        return attempt and attempt.session

    def look(self, order: Order) -> None:
        """Ask how the order's session stands, if it has one that isn't decided."""
        attempt = order.last
        if attempt is None or attempt.session is None or attempt.answer:
            return
        path = f"/v1/checkout_sessions/{attempt.session['id']}"
        session = self._api.get(path)
        order.note(f"GET {path}: {session['status']}")
        attempt.payment_id = session["payment"]
        attempt.late = attempt.payment_id is not None
        if session["status"] == "complete":
            attempt.answer = Answer(201, self._api.get(f"/v1/payments/{attempt.payment_id}"))
        elif session["status"] == "expired":
            attempt.answer = Answer(410, session)

    def refund(self, order: Order, payment_id: str, amount: int, number: int) -> Answer:
        """Give a part back. `number` counts the order's refunds: the same one twice is one."""
        key = f"{order.id}-refund-{number}"
        order.note(f"POST /v1/payments/{payment_id}/refunds of {amount}, with the key {key}")
        answer = self._api.post(f"/v1/payments/{payment_id}/refunds", {"amount": amount}, key)
        order.note(heard(answer))
        return answer

    def _carry_out(self, order: Order, attempt: Attempt, payment: dict[str, Any]) -> None:
        unavailable = 0
        while not self._stopping.is_set():
            pause = 1.0
            try:
                answer = self._api.post("/v1/payments", payment, attempt.key)
            except requests.RequestException:
                order.note("no answer; the same request again")
            else:
                order.note(heard(answer))
                unavailable += answer.status == 503
                if _is_final(answer) or unavailable == UNAVAILABLE_TRIES:
                    attempt.payment_id = _payment_id(answer)
                    attempt.answer = answer
                    return
                if answer.status == 202:
                    attempt.payment_id = _payment_id(answer)
                pause = min(answer.retry_after, LONGEST_PAUSE)
            attempt.late = True
            self._stopping.wait(pause)


def _terms(order: Order, attempt: Attempt) -> dict[str, Any]:
    return {
        "amount": order.thing.price,
        "currency": CURRENCY,
        "reference": attempt.key,
        "description": order.thing.name,
    }


def heard(answer: Answer) -> str:
    """An answer in the words of the log."""
    body = answer.body
    failure = (body.get("payment") or body.get("refund") or {}).get("failure") or {}
    said = (answer.status, body.get("code") or body.get("status"), failure.get("code"))
    return " ".join(str(part) for part in said if part)


def _is_final(answer: Answer) -> bool:
    """Whether it is decided. What may still become a charge isn't: 202, a request that is being executed, and
    every answer that was lost on its way."""
    if answer.status >= 500:
        return answer.status == 502 and "payment" in answer.body
    return answer.status not in {202, 409, 429}


def _payment_id(answer: Answer) -> str | None:
    payment = answer.body.get("payment") or answer.body
    return payment.get("id")
