"""Checkout sessions and their secrets: the tables and the tests' stand-ins alike."""

from dataclasses import replace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from tests.contract.tables import create_table
from tests.contract.vault.test_vault import wrapped_key
from tests.examples import NOW
from tests.fakes.checkout import FakeCheckoutSessions, FakeSessionSecrets
from tests.fakes.clock import FakeClock
from tollgate.adapters.session_secrets import DerivedSessionSecrets
from tollgate.adapters.sessions_table import SessionsTable
from tollgate.adapters.vault import MerchantKeys, create_merchant_key
from tollgate.domain.checkout import CheckoutSession
from tollgate.domain.payment import CaptureMethod, Terms
from tollgate.ports import CheckoutSessions, SessionSecrets

ID, OTHER = "cks_aaaaaaaaaaaaaaaaaaaa", "cks_bbbbbbbbbbbbbbbbbbbb"
SESSION = CheckoutSession(
    id=ID,
    merchant_id="mer_one",
    terms=Terms(10_000, "USD", CaptureMethod.MANUAL, "order-1", "Two lamps", {"cart": "7"}),
    return_url="https://shop.example/paid",
    origins=("https://shop.example", "https://m.shop.example"),
    secret_version=1,
    created_at=NOW,
)
BARE = replace(
    SESSION,
    id=OTHER,
    terms=Terms(1, "JPY", CaptureMethod.AUTOMATIC, None, None, {}),
    return_url=None,
    origins=(),
)


@pytest.fixture(params=["fake", "table"])
def sessions(request: pytest.FixtureRequest, aws: None) -> CheckoutSessions:
    if request.param == "fake":
        return FakeCheckoutSessions()
    return SessionsTable(create_table("sessions"), "sessions")


@pytest.fixture(params=["fake", "derived"])
def secrets(request: pytest.FixtureRequest, aws: None) -> SessionSecrets:
    if request.param == "fake":
        return FakeSessionSecrets()
    dynamodb = create_table("vault")
    for merchant_id in ("mer_one", "mer_two"):
        create_merchant_key(dynamodb, "vault", merchant_id, wrapped_key(merchant_id))
    return DerivedSessionSecrets(MerchantKeys(dynamodb, "vault", boto3.client("kms"), FakeClock()))


@pytest.mark.parametrize("session", [SESSION, BARE])
def test_a_session_is_found_as_it_was_stored(sessions: CheckoutSessions, session: CheckoutSession) -> None:
    assert sessions.add(session) is None
    assert sessions.find(session.id) == session


def test_the_first_of_an_id_stays(sessions: CheckoutSessions) -> None:
    sessions.add(SESSION)
    assert sessions.add(replace(SESSION, created_at=NOW + 1)) == SESSION
    assert sessions.find(ID) == SESSION


def test_a_write_that_is_sent_again_meets_itself(sessions: CheckoutSessions) -> None:
    sessions.add(SESSION)
    assert sessions.add(SESSION) is None


@pytest.mark.parametrize("id", [OTHER, "", "cks_", "x" * 5000])
def test_what_is_not_there_is_not_found(sessions: CheckoutSessions, id: str) -> None:
    sessions.add(SESSION)
    assert sessions.find(id) is None


def test_a_failure_of_the_table_is_no_session(aws: None) -> None:
    elsewhere: Any = SessionsTable(create_table("sessions"), "elsewhere")
    for failing in (lambda: elsewhere.add(SESSION), lambda: elsewhere.find(ID)):
        with pytest.raises(ClientError):
            failing()


def test_a_secret_is_the_sessions_for_good_and_no_others(secrets: SessionSecrets) -> None:
    version = secrets.current_version("mer_one")
    session = replace(SESSION, secret_version=version)
    secret = secrets.secret_of(session)
    assert secret == secrets.secret_of(replace(session, created_at=NOW + 1))
    others = [replace(session, id=OTHER), replace(session, merchant_id="mer_two")]
    assert len({secret, *map(secrets.secret_of, others)}) == 3
    assert len(secret) >= 4 + 256 // 5
