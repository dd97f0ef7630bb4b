"""Encrypted cards, opened with the keys in Secrets Manager and by the tests' stand-in alike."""

import json
from collections.abc import Callable

import boto3
import pytest

from tests.cards import VISA, card_key, encrypt_card
from tests.examples import NOW
from tests.fakes.card_keys import FakeCardKeys
from tests.fakes.clock import FakeClock
from tollgate.adapters.card_encryption import EncryptedCards
from tollgate.adapters.card_keys import CardKeySecret
from tollgate.ports import CardKeys

Encrypt = Callable[..., str]


class Secret:
    """The card-keys secret, and what is published of it. Counts how often they are read."""

    def __init__(self, value: str) -> None:
        self._secretsmanager = boto3.client("secretsmanager")
        self.arn: str = self._secretsmanager.create_secret(Name="card-keys", SecretString=value)["ARN"]
        self.reads = 0
        self.published = [card_key().kid]
        self.looks = 0

    def look(self) -> list[str]:
        self.looks += 1
        return self.published

    def get_secret_value(self, SecretId: str) -> dict[str, str]:  # noqa: N803 - the AWS API's spelling
        self.reads += 1
        return self._secretsmanager.get_secret_value(SecretId=SecretId)

    def put(self, value: str) -> None:
        self._secretsmanager.put_secret_value(SecretId=self.arn, SecretString=value)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def secret(aws: None) -> Secret:
    return Secret(card_key().secret())


@pytest.fixture
def opened(secret: Secret, clock: FakeClock) -> EncryptedCards:
    return EncryptedCards(CardKeySecret(secret, secret.arn, clock, secret.look))


@pytest.fixture(params=["fake", "secret"])
def both(request: pytest.FixtureRequest, opened: EncryptedCards) -> tuple[CardKeys, Encrypt]:
    if request.param == "fake":
        fake = FakeCardKeys()
        return fake, fake.encrypt
    return opened, lambda merchant, **claims: encrypt_card(
        card_key().jwk, merchant, iat=NOW // 1000, **claims
    )


def test_what_was_encrypted_is_opened(both: tuple[CardKeys, Encrypt]) -> None:
    keys, encrypt = both
    contents = json.loads(keys.decrypt(encrypt("mer_one", jti="one")) or b"")
    assert (contents["number"], contents["merchant"], contents["jti"]) == (VISA, "mer_one", "one")


def test_anything_else_is_nothing(both: tuple[CardKeys, Encrypt]) -> None:
    keys, encrypt = both
    jwe = encrypt("mer_one")
    assert [keys.decrypt(other) for other in ("", "x", "....", jwe[1:], jwe[:-1])] == [None] * 5


def test_an_older_key_in_the_secret_still_opens(secret: Secret, opened: EncryptedCards) -> None:
    secret.put(card_key("next").secret(card_key()))
    assert opened.decrypt(encrypt_card(card_key().jwk, "mer_one"))
    assert opened.decrypt(encrypt_card(card_key("next").jwk, "mer_one"))
    assert secret.reads == 1


def test_a_key_is_accepted_from_the_moment_that_it_is_published(
    secret: Secret, opened: EncryptedCards
) -> None:
    assert opened.decrypt(encrypt_card(card_key().jwk, "mer_one"))
    secret.put(card_key("next").secret(card_key()))
    secret.published.append(card_key("next").kid)
    assert opened.decrypt(encrypt_card(card_key("next").jwk, "mer_one"))
    assert secret.reads == 2


def test_strangers_cannot_make_us_read_again(
    secret: Secret, opened: EncryptedCards, clock: FakeClock
) -> None:
    for number in range(50):
        stranger = encrypt_card({**card_key().jwk, "kid": f"stranger-{number}"}, "mer_one")
        assert opened.decrypt(stranger) is None
        assert opened.decrypt(stranger) is None
    assert secret.reads == 1
    assert secret.looks == 50
    clock.advance(1000)
    assert opened.decrypt(encrypt_card({**card_key().jwk, "kid": "stranger-1"}, "mer_one")) is None
    assert (secret.reads, secret.looks) == (1, 51)


def test_a_retired_key_stops_opening_within_ten_minutes(
    secret: Secret, opened: EncryptedCards, clock: FakeClock
) -> None:
    jwe = encrypt_card(card_key().jwk, "mer_one")
    assert opened.decrypt(jwe)
    secret.put(card_key("next").secret())
    clock.advance(600_000)
    assert opened.decrypt(jwe) is None
