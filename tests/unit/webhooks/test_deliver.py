"""A delivery: at least once, again and again for three days, and then given up in so many words."""

import time
from dataclasses import dataclass, field, replace
from itertools import pairwise

import pytest
from standardwebhooks.webhooks import Webhook
from svix.webhooks import Webhook as SvixWebhook

from tests.examples import NOW
from tests.fakes.clock import FakeClock
from tests.fakes.webhooks import FakeDeliveries, FakeEndpoints, FakeReceiver, FakeSecrets
from tollgate.domain.follow_up import DAY
from tollgate.domain.target import Targets
from tollgate.domain.webhook import (
    PAUSE,
    TROUBLE,
    Delivery,
    DeliveryStatus,
    Endpoint,
    EndpointStatus,
    RetryRules,
    Roster,
    SealedSecret,
    owed,
)
from tollgate.domain.webhook_signature import secret_text, signed_headers
from tollgate.operations.deliver import CLAIM, Came, DeliveryPorts, deliver

SECRETS = FakeSecrets()
ENDPOINT = Endpoint(
    id="whe_one",
    merchant_id="mer_one",
    url="https://shop.example.com/hooks",
    types=("payment.captured",),
    description=None,
    status=EndpointStatus.ENABLED,
    secrets=(SealedSecret("whe_one", SECRETS.seal("whe_one", b"one" * 8)),),
    created_at=NOW,
)


@dataclass
class Scene:
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    endpoints: FakeEndpoints = field(default_factory=FakeEndpoints)
    deliveries: FakeDeliveries = field(default_factory=FakeDeliveries)

    def __post_init__(self) -> None:
        self.receiver = FakeReceiver(self.clock)
        self.endpoints.save(Roster("mer_one", (ENDPOINT,)))
        self.ports = DeliveryPorts(
            self.endpoints,
            self.deliveries,
            SECRETS,
            self.receiver,
            self.clock,
            RetryRules(30_000),
            Targets(None),
        )
        self.deliveries.add(owed([ENDPOINT], "evt_one", "payment.captured", '{"id":"evt_one"}', NOW))

    @property
    def delivery(self) -> Delivery:
        (found,) = self.deliveries.stored.values()
        return found

    @property
    def endpoint(self) -> Endpoint:
        found = self.endpoints.roster("mer_one").find("whe_one")
        assert found
        return found

    def look(self) -> Came:
        return deliver(self.delivery.id, self.ports).came

    def until_due(self) -> None:
        self.clock.advance(max(0, self.delivery.due_at - self.clock.now()))


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_it_is_sent_once_and_signed(scene: Scene) -> None:
    assert [scene.look() for _ in range(2)] == [Came.DELIVERED, Came.NOTHING_TO_DO]
    ((host, headers, message),) = scene.receiver.got
    assert (host, headers["webhook-id"], message) == ("shop.example.com", "evt_one", b'{"id":"evt_one"}')
    assert scene.delivery.status is DeliveryStatus.DELIVERED


@pytest.mark.parametrize("status", [None, 100, 199, 300, 302, 400, 404, 500, 503])
def test_anything_but_a_2xx_is_tried_again_later(scene: Scene, status: int | None) -> None:
    scene.receiver.answers = [(status, None)]
    assert [scene.look(), scene.look()] == [Came.FAILED, Came.NOTHING_TO_DO]
    scene.until_due()
    assert scene.look() is Came.DELIVERED
    assert [number for _, number, _ in scene.deliveries.attempts] == [1, 2]


def test_retries_come_less_and_less_often_for_three_days(scene: Scene) -> None:
    scene.receiver.answers = [(500, None)] * 100
    waits: list[int] = []
    while (came := scene.look()) is not Came.GIVEN_UP:
        if came is Came.FAILED:
            waits.append(scene.delivery.due_at - scene.clock.now())
        scene.until_due()
    assert 24_000 <= waits[0] <= 36_000
    assert all(later > earlier * 1.2 for earlier, later in pairwise(waits[:9]))
    assert max(waits) <= 6 * 3_600_000 * 1.2
    assert 2.5 * DAY < scene.clock.now() - NOW <= 3 * DAY
    assert scene.delivery.status is DeliveryStatus.FAILED
    assert scene.endpoint.status is EndpointStatus.DISABLED


def test_what_the_server_asks_for_is_waited(scene: Scene) -> None:
    scene.receiver.answers = [(429, 900)]
    scene.look()
    assert scene.delivery.due_at >= NOW + 900_000


def test_a_server_that_wants_no_more_is_disabled_at_once(scene: Scene) -> None:
    scene.receiver.answers = [(410, None)]
    assert scene.look() is Came.GIVEN_UP
    assert scene.endpoint.status is EndpointStatus.DISABLED


def test_a_server_in_trouble_is_left_alone_for_a_while(scene: Scene) -> None:
    scene.receiver.answers = [(500, None)] * TROUBLE
    for _ in range(TROUBLE):
        scene.look()
        scene.until_due()
    other = owed([scene.endpoint], "evt_two", "payment.captured", "{}", scene.clock.now())
    scene.deliveries.add(other)
    if scene.endpoint.paused_until > scene.clock.now():
        assert deliver(other[0].id, scene.ports).came is Came.POSTPONED
    scene.clock.advance(10 * PAUSE)
    assert deliver(other[0].id, scene.ports).came is Came.DELIVERED
    assert (scene.endpoint.failures, scene.endpoint.paused_until) == (0, 0)


def test_nothing_is_sent_to_one_that_is_disabled_or_gone(scene: Scene) -> None:
    scene.endpoints.save(scene.endpoints.roster("mer_one").without("whe_one"))
    assert scene.look() is Came.UNWANTED
    assert scene.receiver.got == []
    assert scene.delivery.status is DeliveryStatus.FAILED


def test_a_sender_that_dies_leaves_it_due(scene: Scene) -> None:
    assert scene.deliveries.claim(scene.delivery, NOW + CLAIM)
    assert scene.look() is Came.NOTHING_TO_DO
    scene.clock.advance(CLAIM)
    assert scene.deliveries.due(scene.clock.now(), 1) == [scene.delivery]
    assert scene.look() is Came.DELIVERED


def test_only_wanted_types_are_owed() -> None:
    assert owed([ENDPOINT], "evt_one", "refund.failed", "{}", NOW) == []
    disabled = replace(ENDPOINT, status=EndpointStatus.DISABLED)
    assert owed([disabled], "evt_one", "payment.captured", "{}", NOW) == []
    every = replace(ENDPOINT, types=())
    assert [each.event_id for each in owed([every], "evt_one", "refund.failed", "{}", NOW)] == ["evt_one"]


def test_two_secrets_sign_for_a_day_after_a_roll() -> None:
    rolled = ENDPOINT.rolled(SealedSecret("rol_one", b"new"), NOW)
    assert [each.by for each in rolled.signing(NOW + DAY - 1)] == ["rol_one", "whe_one"]
    assert [each.by for each in rolled.signing(NOW + DAY)] == ["rol_one"]
    twice = rolled.rolled(SealedSecret("rol_two", b"newer"), NOW + 5)
    assert [each.by for each in twice.signing(NOW + 5)] == ["rol_two", "rol_one"]


def test_verifiers_of_others_accept_the_signature_and_nothing_else() -> None:
    old, new, message = b"o" * 32, b"n" * 32, '{"id":"evt_one","amount":4999}'
    headers = signed_headers([new, old], "evt_one", int(time.time()), message.encode())
    for secret in (old, new):
        for verifier in (Webhook(secret_text(secret)), SvixWebhook(secret_text(secret))):
            verifier.verify(message, headers)
            with pytest.raises(Exception, match="signature"):
                verifier.verify(message.replace("4999", "5000"), headers)
