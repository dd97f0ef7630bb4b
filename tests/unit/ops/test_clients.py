import hashlib
from typing import Any

import pytest

from onboarding import (
    NewClient,
    Stage,
    add_client,
    drop_old_secret,
    list_clients,
    revoke_client,
    rotate_client,
)
from onboarding.failure import Failure
from tests.unit.ops.conftest import Crash, CrashAt
from tollgate.adapters.clients_table import ClientsTable
from tollgate.domain.access import knows_secret
from tollgate.domain.merchant import Client, Merchant, Scope


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def stored(stage: Stage, client_id: str) -> Client:
    client = ClientsTable(stage.dynamodb, "tollgate-local-clients").find_client(client_id)
    assert client
    return client


def api_keys(stage: Stage) -> dict[str, str]:
    return {key["name"]: key["value"] for key in stage.apigateway.get_api_keys(includeValues=True)["items"]}


@pytest.fixture
def client(stage: Stage, merchant: Merchant) -> NewClient:
    return add_client(stage, merchant.id, scopes=[Scope.PAYMENTS_READ], plan="standard")


def test_a_client_is_stored_with_its_secrets_digest_alone(
    stage: Stage, merchant: Merchant, client: NewClient
) -> None:
    row = stored(stage, client.client_id)
    assert row.merchant_id == merchant.id
    assert row.scopes == {Scope.PAYMENTS_READ}
    assert row.secret_digests == (digest(client.client_secret),)
    assert client.client_secret not in str(stage.dynamodb.scan(TableName="tollgate-local-clients"))
    assert client.client_secret not in repr(client)


def test_a_client_is_in_its_usage_plan_by_its_api_key(stage: Stage, client: NewClient) -> None:
    plan = stage.apigateway.get_usage_plans()["items"][0]["id"]
    members = stage.apigateway.get_usage_plan_keys(usagePlanId=plan)["items"]
    assert [member["name"] for member in members] == [f"tollgate-local-{client.client_id}"]
    assert stored(stage, client.client_id).api_key in api_keys(stage).values()


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("apigateway", "CreateApiKey"),
        ("apigateway", "CreateUsagePlanKey"),
        ("dynamodb", "PutItem"),
    ],
)
def test_a_crash_leaves_no_client_and_the_next_run_makes_one(
    stage: Stage, merchant: Merchant, crash_at: CrashAt, service: str, operation: str
) -> None:
    recover = crash_at(getattr(stage, service), operation)
    with pytest.raises(Crash):
        add_client(stage, merchant.id, scopes=list(Scope), plan="standard")
    recover()
    assert ClientsTable(stage.dynamodb, "tollgate-local-clients").list_clients() == []
    again = add_client(stage, merchant.id, scopes=list(Scope), plan="standard")
    assert stored(stage, again.client_id).scopes == set(Scope)


def test_unknown_merchants_and_plans_are_refused_before_anything_is_made(
    stage: Stage, merchant: Merchant
) -> None:
    with pytest.raises(Failure, match="no merchant mer_nobody"):
        add_client(stage, "mer_nobody", scopes=list(Scope), plan="standard")
    with pytest.raises(Failure, match="Take one of: standard"):
        add_client(stage, merchant.id, scopes=list(Scope), plan="gold")
    with pytest.raises(Failure, match="without a scope"):
        add_client(stage, merchant.id, scopes=[], plan="standard")
    assert api_keys(stage) == {}


def test_a_rotation_keeps_every_secret_that_may_be_in_use(stage: Stage, client: NewClient) -> None:
    second = rotate_client(stage, client.client_id)
    assert stored(stage, client.client_id).secret_digests == (
        digest(second.client_secret),
        digest(client.client_secret),
    )
    third = rotate_client(stage, client.client_id)  # the second one's output was lost
    row = stored(stage, client.client_id)
    assert all(knows_secret(row, each.client_secret) for each in (client, second, third))
    with pytest.raises(Failure, match="3 secrets"):
        rotate_client(stage, client.client_id)
    drop_old_secret(stage, client.client_id)
    row = stored(stage, client.client_id)
    assert [knows_secret(row, each.client_secret) for each in (client, second, third)] == [False, False, True]


def test_a_rotation_that_the_sdk_sent_twice_is_no_conflict(
    stage: Stage, client: NewClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    update = stage.dynamodb.update_item

    def twice(**request: Any) -> Any:
        update(**request)
        return update(**request)

    monkeypatch.setattr(stage.dynamodb, "update_item", twice)
    new = rotate_client(stage, client.client_id)
    assert knows_secret(stored(stage, client.client_id), new.client_secret)


def test_clients_are_listed_oldest_first_of_all_or_of_a_merchant(
    stage: Stage, merchant: Merchant, client: NewClient
) -> None:
    other = add_client(stage, merchant.id, scopes=[Scope.AUDITS_READ], plan="standard")
    revoke_client(stage, other.client_id)
    listed = list_clients(stage, merchant.id)
    assert [(each.id, each.revoked) for each in listed] == [
        (client.client_id, False),
        (other.client_id, True),
    ]
    assert list_clients(stage, "mer_other") == []
    assert len(list_clients(stage)) == 2


def test_dropping_the_old_secret_keeps_the_newest_and_can_be_repeated(
    stage: Stage, client: NewClient
) -> None:
    second = rotate_client(stage, client.client_id)
    for _ in range(2):
        drop_old_secret(stage, client.client_id)
        assert stored(stage, client.client_id).secret_digests == (digest(second.client_secret),)


def test_a_revoked_client_has_no_api_key_and_no_way_back(stage: Stage, client: NewClient) -> None:
    revoke_client(stage, client.client_id)
    assert stored(stage, client.client_id).revoked
    assert api_keys(stage) == {}
    with pytest.raises(Failure, match="revoked, for good"):
        rotate_client(stage, client.client_id)


def test_a_revocation_closes_first_and_is_completed_by_the_next_run(
    stage: Stage, client: NewClient, crash_at: CrashAt
) -> None:
    recover = crash_at(stage.apigateway, "DeleteApiKey")
    with pytest.raises(Crash):
        revoke_client(stage, client.client_id)
    recover()
    assert stored(stage, client.client_id).revoked
    revoke_client(stage, client.client_id)
    assert api_keys(stage) == {}


def test_revoking_one_client_leaves_the_others_key(
    stage: Stage, merchant: Merchant, client: NewClient
) -> None:
    other = add_client(stage, merchant.id, scopes=list(Scope), plan="standard")
    revoke_client(stage, client.client_id)
    assert list(api_keys(stage)) == [f"tollgate-local-{other.client_id}"]


def test_an_unknown_client_is_named(stage: Stage) -> None:
    with pytest.raises(Failure, match="no client cli_nobody"):
        revoke_client(stage, "cli_nobody")
