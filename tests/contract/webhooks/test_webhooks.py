"""Webhook endpoints and deliveries: the table and the tests' stand-ins alike."""

from dataclasses import replace
from typing import Any

import boto3
import pytest

from tests.contract.tables import create_table
from tests.examples import NOW
from tests.fakes.clock import FakeClock
from tests.fakes.webhooks import FakeDeliveries, FakeEndpoints
from tollgate.adapters.endpoint_secrets import OpenedSecrets, SealedSecrets
from tollgate.adapters.webhooks_table import WebhooksTable
from tollgate.domain.webhook import (
    Attempt,
    DeliveryStatus,
    Endpoint,
    EndpointStatus,
    Roster,
    SealedSecret,
    owed,
)
from tollgate.ports import Deliveries, Endpoints

INDEXES = {"by_endpoint": ("endpoint", "position"), "due": ("due_shard", "due")}
ENDPOINT = Endpoint(
    id="whe_one",
    merchant_id="mer_one",
    url="https://shop.example.com/hooks",
    types=("payment.captured",),
    description=None,
    status=EndpointStatus.ENABLED,
    secrets=(SealedSecret("rol_one", b"new"), SealedSecret("whe_one", b"old", NOW + 9)),
    created_at=NOW,
    failures=2,
    paused_until=NOW + 5,
)
FIRST, SECOND = owed([ENDPOINT], "evt_one", "payment.captured", '{"id":"evt_one"}', NOW) + owed(
    [ENDPOINT], "evt_two", "payment.captured", '{"id":"evt_two"}', NOW + 1
)


def table() -> WebhooksTable:
    return WebhooksTable(create_table("webhooks", INDEXES, {"due"}), "webhooks")


@pytest.fixture(params=["fake", "table"])
def endpoints(request: pytest.FixtureRequest, aws: None) -> Endpoints:
    return FakeEndpoints() if request.param == "fake" else table()


@pytest.fixture(params=["fake", "table"])
def deliveries(request: pytest.FixtureRequest, aws: None) -> Deliveries:
    return FakeDeliveries() if request.param == "fake" else table()


def test_a_roster_is_stored_as_it_is_unless_somebody_was_faster(endpoints: Endpoints) -> None:
    empty = endpoints.roster("mer_one")
    assert empty == Roster("mer_one")
    assert endpoints.save(empty.with_(ENDPOINT))
    assert not endpoints.save(empty.with_(ENDPOINT))
    stored = endpoints.roster("mer_one")
    assert stored.endpoints == (ENDPOINT,)
    assert endpoints.save(stored.without("whe_one"))
    assert not endpoints.save(stored)
    assert endpoints.roster("mer_one").endpoints == ()
    assert endpoints.roster("mer_two").endpoints == ()


def test_what_a_request_made_is_remembered_first_come(endpoints: Endpoints) -> None:
    assert endpoints.recall("whe_one") is None
    endpoints.remember("whe_one", {"url": "a"})
    endpoints.remember("whe_one", {"url": "b"})
    assert endpoints.recall("whe_one") == {"url": "a"}


def test_a_delivery_is_due_until_it_is_over(deliveries: Deliveries) -> None:
    deliveries.add([FIRST, SECOND])
    deliveries.add([replace(FIRST, message="other")])
    assert deliveries.find(FIRST.id) == FIRST
    assert deliveries.due(NOW, 10) == [FIRST]
    assert deliveries.due(NOW + 1, 10) == [FIRST, SECOND]
    over = replace(FIRST, attempts=1, status=DeliveryStatus.DELIVERED)
    assert deliveries.claim(FIRST, NOW + 30)
    deliveries.record(over, Attempt(NOW + 2, 200, "ok"))
    assert deliveries.due(NOW + 99, 10) == [SECOND]
    assert deliveries.find(FIRST.id) == over


def test_only_one_claims_it(deliveries: Deliveries) -> None:
    deliveries.add([FIRST])
    assert deliveries.claim(FIRST, NOW + 30)
    assert not deliveries.claim(FIRST, NOW + 40)
    claimed = deliveries.find(FIRST.id)
    assert claimed == replace(FIRST, due_at=NOW + 30)
    assert claimed
    assert deliveries.claim(claimed, NOW + 60)


def test_what_was_sent_is_shown_try_by_try(aws: None) -> None:
    stored = table()
    stored.add([FIRST, SECOND])
    failed = replace(FIRST, attempts=1, due_at=NOW + 40)
    stored.record(failed, Attempt(NOW + 5, 503, None))
    stored.record(replace(failed, attempts=2, status=DeliveryStatus.DELIVERED), Attempt(NOW + 50, 200, "ok"))
    positions = stored.newest("whe_one", f"{NOW + 99:013d}", f"{NOW:013d}", 10)
    shown: list[dict[str, Any]] = stored.shown([each.id for each in positions])
    assert [(each["event"], each["attempt"], each["status"], each["response_status"]) for each in shown] == [
        ("evt_one", 2, "delivered", 200),
        ("evt_one", 1, "failed", 503),
        ("evt_two", 1, "pending", None),
    ]


def test_a_secret_opens_for_its_endpoint_alone(aws: None) -> None:
    kms = boto3.client("kms")
    key = kms.create_key()["KeyMetadata"]["KeyId"]
    secrets, opener = SealedSecrets(kms, key), OpenedSecrets(kms, key, FakeClock())
    secret = secrets.make()
    sealed = secrets.seal("whe_one", secret)
    assert opener.open("whe_one", sealed) == secret
    with pytest.raises(kms.exceptions.ClientError):
        opener.open("whe_two", sealed)
