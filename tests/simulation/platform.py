"""The platform's functions on simulated ports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, cast

from tests.examples import merchant
from tests.fakes.card_keys import FakeCardKeys
from tests.fakes.checkout import FakeCheckoutSessions, FakeSessionSecrets
from tests.fakes.cursors import FakeCursors
from tests.fakes.ids import FakeIds
from tests.fakes.merchants import FakeMerchants
from tests.fakes.vault import FakeVault
from tests.simulation.background import Functions, sweeper
from tests.simulation.lags import Lags
from tests.simulation.ports import Stepped
from tests.simulation.processor import SimulatedProcessor
from tests.simulation.queue import FollowUps
from tests.simulation.table import PaymentTable
from tests.simulation.trail import WatchedTrail
from tests.simulation.world import START, World
from tollgate.domain.budget import FUNCTION
from tollgate.domain.follow_up import FollowUpRules
from tollgate.domain.merchant import Scope
from tollgate.handlers import checkout, payments, refunds, tokens, worker
from tollgate.handlers.dispatch import serve
from tollgate.operations.execution import Ports
from tollgate.operations.follow_up import FollowUpPorts
from tollgate.operations.instrument import CardPorts
from tollgate.ports import AllPayments, FollowUpQueue, Merchants, Payments, Trail, Vault

RULES = FollowUpRules(first=10, longest=60, not_found=60, watch=240)
API_SECONDS = FUNCTION // 1000
ALL_SCOPES = " ".join(Scope)
SESSIONS = "/v1/checkout_sessions"


@dataclass(frozen=True, slots=True)
class Call:
    """One request of a client. `resource` with `parameters` is the path."""

    merchant_id: str
    method: str
    resource: str
    parameters: Mapping[str, str]
    key: str | None = None
    body: str | None = None
    prefer: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    content: str


class WorldClock:
    """The `Clock` port."""

    def __init__(self, world: World) -> None:
        self._world = world

    def now(self) -> int:
        return self._world.now


class Platform:
    """Everything that is deployed, for two merchants."""

    def __init__(self, world: World, lags: Lags) -> None:
        self.world = world
        self.table = PaymentTable(world, lags.index)
        self.queue = FollowUps(world)
        self.processor = SimulatedProcessor(world, lags)
        self.trail = WatchedTrail()
        self.vault = FakeVault(self.trail)
        self.card_keys = FakeCardKeys()
        self._requests = count(1)
        self._functions = self._api()
        self._background = self._functions_behind(START + lags.down)
        world.background = self._background

    def _api(self) -> list[tuple[Mapping[str, Any], Any]]:
        world, clock, ids = self.world, WorldClock(self.world), FakeIds()
        stored = FakeMerchants(merchant("mer_one"), merchant("mer_two"))
        merchants = cast(Merchants, Stepped("merchants", stored, world))
        trail, queue = cast(Trail, Stepped("trail", self.trail, world)), self._queue()
        vault = cast(Vault, Stepped("vault", self.vault, world))
        cards = CardPorts(vault, cast(Any, Stepped("card_keys", self.card_keys, world)), clock)
        money = self._money()
        recording = (trail, clock, ids)
        sessions = cast(Any, Stepped("sessions", FakeCheckoutSessions(), world))
        self._checkout = checkout.World(
            money, cards, sessions, FakeSessionSecrets(), "https://js.example", merchants, *recording
        )
        return [
            (tokens.ROUTES, tokens.World(vault, cards.card_keys, *recording)),
            (payments.ROUTES, payments.World(money, cards, merchants, queue, FakeCursors(), *recording)),
            (refunds.ROUTES, refunds.World(money, queue, FakeCursors(), *recording)),
        ]

    def _functions_behind(self, awake_at: int) -> Functions:
        world = self.world
        swept = Stepped("payments", self.table, world, {"due": self.table.empty_shard})
        cards = cast(Any, Stepped("vault", self.vault, world))
        followed = FollowUpPorts(self._money(), cast(AllPayments, swept), cards)
        return Functions(
            world,
            self.table,
            self.queue,
            sweeper(cast(AllPayments, swept), self._queue(), WorldClock(world)),
            worker.World(followed),
            cast(Trail, Stepped("trail", self.trail, world)),
            awake_at,
        )

    def _money(self) -> Ports:
        table = cast(Payments, Stepped("payments", self.table, self.world))
        return Ports(table, self.processor, WorldClock(self.world), RULES)

    def _queue(self) -> FollowUpQueue:
        return cast(FollowUpQueue, Stepped("queue", self.queue, self.world))

    @property
    def next_sweep(self) -> int:
        """When the sweeper's timer ends (milliseconds)."""
        return self._background.next_sweep

    def settle(self) -> None:
        """Bring the stream to the trail."""
        self._background.settle()

    def request_id(self) -> str:
        return f"request-{next(self._requests)}"

    def answer(self, call: Call, request_id: str) -> Answer | None:
        """What the API answers, or None if the function dies."""
        route = f"{call.method} {call.resource}"
        event = _event(call, request_id)
        answer = self.world.invoke(API_SECONDS, self._function(route, event))
        return answer and Answer(answer["statusCode"], answer["headers"], answer["body"])

    def _function(self, route: str, event: dict[str, Any]) -> Callable[[], dict[str, Any]]:
        if SESSIONS in route:
            return lambda: checkout.respond(event, lambda: self._checkout)
        for routes, here in self._functions:
            if route in routes:
                return partial(serve, event, routes, partial(_given, here))
        raise LookupError(route)


def _given(world: Any) -> Any:
    return world


def _event(call: Call, request_id: str) -> dict[str, Any]:
    headers = {"Content-Type": "application/json", "User-Agent": "shop/1.0"}
    headers |= {"Idempotency-Key": call.key} if call.key else {}
    headers |= {"Prefer": call.prefer} if call.prefer else {}
    return {
        "httpMethod": call.method,
        "resource": call.resource,
        "pathParameters": dict(call.parameters) or None,
        "headers": headers,
        "body": call.body,
        "requestContext": {
            "requestId": request_id,
            "identity": {"sourceIp": "192.0.2.1"},
            "authorizer": {
                "client_id": f"cli_{call.merchant_id}",
                "merchant_id": call.merchant_id,
                "scope": ALL_SCOPES,
            },
        },
    }
