"""What is asked of the designs, as the gateway and the stream would, warm; and what each costs in calls."""

import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import boto3

from bench.account import Account
from bench.context import Context
from bench.events import AGENT, MERCHANT, gateway_event, payment_event, stream_event
from ops.card_encryption import encrypt_card
from tollgate.adapters import aws
from tollgate.domain.card import Card
from tollgate.handlers import audits, payments, projector, refunds, tokens
from tollgate.wiring import shared

CARD = Card("4539858876047062", 12, 2034, "123", "Sarah Hopper")
Handler = Callable[[dict[str, Any], Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one request. `calls` in order, `write_units` and `read_units` with indexes, `largest` in bytes."""

    calls: tuple[str, ...]
    write_units: Mapping[str, int]
    read_units: float
    largest: Mapping[str, int]


@dataclass(slots=True)
class Bench:
    """The designs' functions in one account, warm. `token`: of a card that can be paid with."""

    account: Account
    token: str = ""
    costs: dict[str, Cost] = field(default_factory=dict[str, Cost])

    def call(self, name: str, handler: Handler, event: dict[str, Any]) -> dict[str, Any]:
        """The answer's body, and its cost by `name`: the least, as what is remembered runs out now and then.

        Raises `AssertionError` for any but a success.
        """
        recorder = self.account.recorder
        recorder.reset()
        answer = handler(event, Context())
        assert answer.get("statusCode", 200) < 300, answer
        cost = Cost(tuple(recorder.calls), dict(recorder.units), recorder.reads, dict(recorder.largest))
        known = self.costs.get(name)
        if known is None or len(cost.calls) <= len(known.calls):
            self.costs[name] = cost
        return json.loads(answer.get("body") or "{}")


def forget() -> None:
    """A function that starts anew has no clients yet."""
    made_once = (aws.client, shared.clients_table, shared.merchants, shared.audit_trail)
    worlds = (each.world for each in (payments, refunds, tokens, audits, projector))
    for each in (*made_once, *worlds):
        each.cache_clear()


def run(account: Account) -> Bench:
    """Every flow of both designs, each once it is warm."""
    forget()
    bench = Bench(account)
    for product in ("dynamodb", "kms", "secretsmanager", "sqs"):
        account.recorder.attach(aws.client(product).meta.events)
    _stage(bench)
    _article(bench)
    forget()
    return bench


def _stage(bench: Bench) -> None:
    def jwe() -> str:
        return encrypt_card(CARD, MERCHANT, bench.account.jwk)

    def one(
        route: str, name: str, handler: Handler, body: object = None, key: str = "k", id: str = ""
    ) -> str:
        return bench.call(name, handler, gateway_event(route, body, key, id=id)).get("id", "")

    for key in ("warm-up", "token"):
        token = bench.token = one(
            "POST /v1/tokens", "tokenize", tokens.handler, {"encrypted_card": jwe()}, key
        )
    for count in range(25):
        bench.call("payment by token", payments.handler, payment_event(token, f"k{count}"))
    for count in range(2):
        named = payment_event(token, f"r{count}", reference="1")
        bench.call("payment by token, with a reference", payments.handler, named)
        bench.call("replay", payments.handler, payment_event(token, "k1"))
    for key in ("card-warm-up", "card"):
        by_card = {"amount": 4999, "currency": "USD", "payment_method": {"encrypted_card": jwe()}}
        one("POST /v1/payments", "payment by encrypted card", payments.handler, by_card, key)
    manual = ""
    for count in range(2):
        to_capture = payment_event(token, f"m{count}", capture_method="manual")
        manual = bench.call("payment to capture", payments.handler, to_capture)["id"]
    one("POST /v1/payments/{id}/captures", "capture", payments.handler, {}, "c", id=manual)
    one("POST /v1/payments/{id}/refunds", "refund", refunds.handler, {"amount": 5}, "r1", id=manual)
    one("POST /v1/payments/{id}/refunds", "refund", refunds.handler, {"amount": 5}, "r2", id=manual)
    one("GET /v1/payments/{id}", "read", payments.handler, id=manual)
    for _ in range(25):  # the trail's own list has something to show
        one("GET /v1/payments/{id}", "read", payments.handler, id=manual)
    _listed(bench)
    for number in range(2):
        bench.call("payment projected", projector.handler, projected(number))


def _listed(bench: Bench) -> None:
    for name, handler, route in (
        ("list of 20 payments", payments.handler, "GET /v1/payments"),
        ("list of 20 audit records", audits.handler, "GET /v1/audits"),
    ):
        for _ in range(2):
            bench.call(name, handler, gateway_event(route))


def projected(number: int = 0) -> dict[str, Any]:
    """The stream's batch of one new payment by token: its intent, and its outcome. `number` tells payments
    apart: the records of one that was projected before are refused."""
    dynamodb = boto3.client("dynamodb")
    rows = dynamodb.scan(TableName="payments")["Items"]
    new = [row for row in rows if "token" in row and len(row["operations"]["L"]) == 1]
    after = new[number]
    intent = {**after, "version": {"N": "1"}}
    first = {
        name: value
        for name, value in after["operations"]["L"][0]["M"].items()
        if name not in {"outcome", "end"}
    }
    intent["operations"] = {"L": [{"M": first}]}
    return stream_event([(None, intent), (intent, after)])


def _article(bench: Bench) -> None:
    boto3.setup_default_session()
    session: Any = boto3.DEFAULT_SESSION
    bench.account.recorder.attach(session.events)
    authorizer: Any = importlib.import_module("bench.article.authorizer")
    article: Any = importlib.import_module("bench.article.payments")
    bench.account.recorder.attach(article.once.client.meta.events)  # of a session of its own
    for key in ("warm-up", "payment"):
        bench.call("article: authorizer", authorizer.handler, authorizer_event(bench.account))
        bench.call("article: payment by token", article.handler, payment_event("card", f"article-{key}"))


def authorizer_event(account: Account) -> dict[str, Any]:
    """An event of the article's authorizer."""
    return {
        "authorizationToken": f"Bearer {account.bearer}",
        "methodArn": "arn:aws:execute-api:eu-west-1:000000000000:api/live/POST/v1/payments",
        "headers": {"User-Agent": AGENT},
    }
