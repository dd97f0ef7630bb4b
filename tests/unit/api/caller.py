"""The API's functions on fakes, called with the gateway's events."""

import base64
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.contract.processor.fake import FakeProcessor
from tests.examples import NOW, merchant
from tests.fakes.audits import FakeAudits
from tests.fakes.card_keys import FakeCardKeys
from tests.fakes.checkout import FakeCheckoutSessions, FakeSessionSecrets
from tests.fakes.clock import FakeClock
from tests.fakes.cursors import FakeCursors
from tests.fakes.events import FakeEventLog
from tests.fakes.follow_up_queue import FakeFollowUpQueue
from tests.fakes.ids import FakeIds
from tests.fakes.merchants import FakeMerchants
from tests.fakes.payments import FakePayments
from tests.fakes.trail import FakeTrail
from tests.fakes.vault import FakeVault
from tests.fakes.webhooks import FakeDeliveries, FakeDeliveryQueue, FakeEndpoints, FakeSecrets
from tollgate.domain.follow_up import FollowUpRules
from tollgate.domain.merchant import Scope
from tollgate.domain.payment import Payment
from tollgate.domain.target import Targets
from tollgate.handlers import audits, checkout, payments, refunds, tokens, webhooks
from tollgate.handlers.dispatch import serve
from tollgate.operations.execution import Ports
from tollgate.operations.follow_up import Came, FollowUpPorts, follow_up
from tollgate.operations.instrument import CardPorts
from tollgate.operations.record_history import record_history
from tollgate.operations.sweep import sweep

RULES = FollowUpRules(first=10, longest=3600, not_found=600, watch=86_400)
ALL_SCOPES = " ".join(Scope)
PAGES = "https://js.pay.example"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    content: str

    @property
    def body(self) -> dict[str, Any]:
        return json.loads(self.content)

    @property
    def code(self) -> str:
        assert self.headers["Content-Type"] == "application/problem+json"
        return self.body["code"]


def _heard(answer: Mapping[str, Any]) -> Answer:
    return Answer(answer["statusCode"], answer["headers"], answer["body"])


def _sent(body: Any, *, as_text: bool) -> dict[str, Any]:
    """The body as the gateway hands it on: base64, or a text."""
    if body is None:
        return {"body": None, "isBase64Encoded": False}
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=not as_text).encode()
    if as_text:
        return {"body": content.decode(), "isBase64Encoded": False}
    return {"body": base64.b64encode(content).decode(), "isBase64Encoded": True}


@dataclass
class Api:
    """The whole API for two merchants, `mer_one` and `mer_two`."""

    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    trail: FakeTrail = field(default_factory=FakeTrail)
    payments: FakePayments = field(default_factory=FakePayments)
    processor: FakeProcessor = field(default_factory=FakeProcessor)
    card_keys: FakeCardKeys = field(default_factory=FakeCardKeys)
    queue: FakeFollowUpQueue = field(default_factory=FakeFollowUpQueue)
    sessions: FakeCheckoutSessions = field(default_factory=FakeCheckoutSessions)

    def __post_init__(self) -> None:
        self.vault = FakeVault(self.trail)
        self.merchants = FakeMerchants(merchant("mer_one"), merchant("mer_two", multiple_captures=False))
        self._requests = count(1)
        cursors, ids = FakeCursors(), FakeIds()
        money = Ports(self.payments, self.processor, self.clock, RULES)
        cards = CardPorts(self.vault, self.card_keys, self.clock)
        recording = (self.trail, self.clock, ids)
        audits_port = FakeAudits(self.trail, self.merchants)
        token_world = tokens.World(self.vault, self.card_keys, *recording)
        payment_world = payments.World(money, cards, self.merchants, self.queue, cursors, *recording)
        refund_world = refunds.World(money, self.queue, cursors, *recording)
        audit_world = audits.World(audits_port, self.merchants, cursors, *recording)
        self._checkout = checkout.World(
            money, cards, self.sessions, FakeSessionSecrets(), PAGES, self.merchants, *recording
        )
        webhook_world = webhooks.World(
            endpoints=FakeEndpoints(),
            deliveries=FakeDeliveries(),
            queue=FakeDeliveryQueue(),
            events=FakeEventLog(),
            secrets=FakeSecrets(),
            opener=FakeSecrets(),
            cursors=cursors,
            trail=self.trail,
            clock=self.clock,
            ids=ids,
            targets=Targets(None),
        )
        self._functions = [
            (webhooks.ROUTES, webhook_world),
            (tokens.ROUTES, token_world),
            (payments.ROUTES, payment_world),
            (refunds.ROUTES, refund_world),
            (audits.ROUTES, audit_world),
        ]

    def call(
        self,
        route: str,
        body: Any = None,
        *,
        key: str | None = None,
        merchant: str = "mer_one",
        scope: str = ALL_SCOPES,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        lines: Mapping[str, list[str]] | None = None,
        as_text: bool = False,
        anonymous: bool = False,
        **parameters: str,
    ) -> Answer:
        """One call. `body` is sent as JSON, bytes as they are; a POST gets a new key unless told. `lines`:
        headers that stand there several times. `as_text`: as the gateway hands on what isn't JSON's type.
        `anonymous`: without an access token."""
        method, resource = route.split(" ")
        sent = {"User-Agent": "shop/1.0", **(headers or {})}
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        if method == "POST" and key != "":
            sent["Idempotency-Key"] = key or str(uuid.uuid4())
        event = {
            "httpMethod": method,
            "resource": resource,
            "pathParameters": parameters or None,
            "multiValueQueryStringParameters": {name: [value] for name, value in (query or {}).items()},
            "headers": sent,
            "multiValueHeaders": {name: [value] for name, value in sent.items()} | dict(lines or {}),
            **_sent(body, as_text=as_text),
            "path": resource.format_map(parameters),
            "requestContext": {
                "path": "/live" + resource.format_map(parameters),
                "requestId": f"req-{next(self._requests)}",
                "identity": {"sourceIp": "192.0.2.1"},
                "authorizer": {"client_id": f"cli_{merchant}", "merchant_id": merchant, "scope": scope},
            },
        }
        if anonymous:
            del event["requestContext"]["authorizer"]
        if resource.startswith("/v1/checkout_sessions"):
            return _heard(checkout.respond(event, lambda: self._checkout))
        for routes, world in self._functions:
            if route.replace("HEAD ", "GET ") in routes:
                return _heard(serve(event, routes, lambda world=world: world))
        raise LookupError(route)

    def token(self, merchant: str = "mer_one", **card: Any) -> str:
        """A new token's id."""
        jwe = self.card_keys.encrypt(merchant, iat=self.clock.now() // 1000, **card)
        answer = self.call("POST /v1/tokens", {"encrypted_card": jwe}, merchant=merchant)
        assert answer.status == 201
        return answer.body["id"]

    def pay(self, merchant: str = "mer_one", key: str | None = None, **fields: Any) -> Answer:
        """A payment of 100.00 USD by a new token, unless `fields` say otherwise."""
        body = {"amount": 10_000, "currency": "USD", **fields}
        if "payment_method" not in body:
            body["payment_method"] = {"token": self.token(merchant)}
        return self.call("POST /v1/payments", body, key=key, merchant=merchant)

    def follow_up(self, *, cards: bool = True) -> list[Came]:
        """One sweep, and the worker over everything that it queued."""
        money = Ports(self.payments, self.processor, self.clock, RULES)
        queue = FakeFollowUpQueue()
        sweep(self.payments, queue, self.clock)
        ports = FollowUpPorts(money, self.payments, self.vault if cards else None)
        return [follow_up(payment_id, "msg-1", ports).came for payment_id in queue.sent]

    def later(self, seconds: int) -> None:
        self.clock.advance(seconds * 1000)

    def project(self) -> None:
        """What the stream would bring to the trail by now."""
        for payment in self.payments.stored.values():
            record_history(None, payment, self.trail)

    def actions(self, resource_id: str) -> list[str]:
        self.project()
        return [each.action.value for each in self.trail.audits if each.resource.id == resource_id]

    def stored(self, payment_id: str) -> Payment:
        return self.payments.stored[payment_id]
