import json

import pytest
from joserfc.jwk import RSAKey

from onboarding import CardKeys, Stage, put_processor_credentials, retire_card_key, rotate_card_key
from onboarding.failure import Failure
from tests.unit.ops.conftest import Crash, CrashAt
from tollgate.adapters.clients_table import ClientsTable

SECRET = "tollgate-local-card-keys"


def distributed(stage: Stage) -> dict[str, str]:
    return json.loads(
        stage.secretsmanager.get_secret_value(SecretId=SECRET, VersionStage="AWSCURRENT")["SecretString"]
    )["keys"]


def published(stage: Stage) -> list[dict[str, str]]:
    keys = ClientsTable(stage.dynamodb, "tollgate-local-clients").encryption_keys().keys
    return [json.loads(key) for key in keys]


def test_the_first_key_is_published_without_its_private_half(stage: Stage) -> None:
    keys = rotate_card_key(stage)
    (jwk,) = published(stage)
    assert set(jwk) == {"kty", "n", "e", "kid", "use", "alg"}
    assert (jwk["use"], jwk["alg"], jwk["kid"]) == ("enc", "RSA-OAEP-256", keys.current)
    private = RSAKey.import_key(distributed(stage)[keys.current])
    assert private.thumbprint() == keys.current
    assert private.as_dict(private=False)["n"] == jwk["n"]


def test_a_rotation_puts_the_new_key_first_and_keeps_the_old(stage: Stage) -> None:
    first = rotate_card_key(stage).current
    keys = rotate_card_key(stage)
    assert keys.accepted == (keys.current, first)
    assert [jwk["kid"] for jwk in published(stage)] == [keys.current, first]
    assert set(distributed(stage)) == {keys.current, first}


def test_a_key_is_distributed_before_it_is_published_and_a_second_run_publishes_it(
    stage: Stage, crash_at: CrashAt
) -> None:
    recover = crash_at(stage.dynamodb, "PutItem")
    with pytest.raises(Crash):
        rotate_card_key(stage)
    recover()
    assert published(stage) == []
    (kid,) = distributed(stage)
    assert rotate_card_key(stage).accepted == (kid,)
    assert [jwk["kid"] for jwk in published(stage)] == [kid]


def test_a_crash_before_the_key_is_distributed_changes_nothing(stage: Stage, crash_at: CrashAt) -> None:
    first = rotate_card_key(stage).current
    recover = crash_at(stage.secretsmanager, "UpdateSecretVersionStage")
    with pytest.raises(Crash):
        rotate_card_key(stage)
    recover()
    assert set(distributed(stage)) == {first}
    keys = rotate_card_key(stage)
    assert set(distributed(stage)) == {first, keys.current}


def test_two_rotations_at_once_lose_no_key(stage: Stage) -> None:
    rotate_card_key(stage)
    loser = Stage(stage.name, stage.region, stage.session)
    winner: list[CardKeys] = []

    def rotate_meanwhile(**_: object) -> None:
        winner.append(rotate_card_key(stage))

    event = "provide-client-params.secrets-manager.UpdateSecretVersionStage"
    loser.secretsmanager.meta.events.register(event, rotate_meanwhile)
    with pytest.raises(Failure, match="somebody else"):
        rotate_card_key(loser)
    assert set(distributed(stage)) == set(winner[0].accepted)
    assert [jwk["kid"] for jwk in published(stage)] == list(winner[0].accepted)


def test_a_retired_key_is_withdrawn_and_destroyed(stage: Stage) -> None:
    first = rotate_card_key(stage).current
    second = rotate_card_key(stage).current
    assert retire_card_key(stage, first).accepted == (second,)
    assert [jwk["kid"] for jwk in published(stage)] == [second]
    assert set(distributed(stage)) == {second}


def test_a_retirement_withdraws_first_and_is_completed_by_the_next_run(
    stage: Stage, crash_at: CrashAt
) -> None:
    first = rotate_card_key(stage).current
    second = rotate_card_key(stage).current
    recover = crash_at(stage.secretsmanager, "PutSecretValue")
    with pytest.raises(Crash):
        retire_card_key(stage, first)
    recover()
    assert [jwk["kid"] for jwk in published(stage)] == [second]
    retire_card_key(stage, first)
    assert set(distributed(stage)) == {second}


def test_the_current_key_and_unknown_keys_are_not_retired(stage: Stage) -> None:
    current = rotate_card_key(stage).current
    with pytest.raises(Failure, match="is the current one"):
        retire_card_key(stage, current)
    with pytest.raises(Failure, match=f"Take one of: {current}"):
        retire_card_key(stage, "unknown")


def test_processor_credentials_are_put_into_the_accounts_secret(stage: Stage) -> None:
    put_processor_credentials(stage, "simulator", "key-1")
    secret = stage.secretsmanager.get_secret_value(SecretId="tollgate-local-processor-simulator")
    assert json.loads(secret["SecretString"]) == {"api_key": "key-1"}
