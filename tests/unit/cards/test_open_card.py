"""What a JWE may say, and what is answered when it doesn't."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cards import MASTERCARD, VISA
from tests.examples import NOW
from tests.fakes.card_keys import FakeCardKeys
from tests.fakes.clock import FakeClock
from tests.fakes.trail import FakeTrail
from tests.fakes.vault import FakeVault
from tollgate.domain.card import Card
from tollgate.domain.encrypted_card import read
from tollgate.domain.errors import Code, FieldError, Refusal
from tollgate.operations.open_card import MAX_CHARACTERS, decrypt_card, use_card

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
POINTER = "/payment_method/encrypted_card"
SECONDS = NOW // 1000


@dataclass
class World:
    card_keys: FakeCardKeys = field(default_factory=FakeCardKeys)
    vault: FakeVault = field(default_factory=lambda: FakeVault(FakeTrail()))
    clock: FakeClock = field(default_factory=FakeClock)

    def open(self, jwe: str, operation_id: str = "pay_one") -> Card:
        encrypted = decrypt_card(jwe, "mer_one", POINTER, self)
        use_card(encrypted, "mer_one", operation_id, POINTER, self.vault)
        return encrypted.card

    def refusal(self, jwe: str, operation_id: str = "pay_one") -> Refusal:
        with pytest.raises(Refusal) as refusal:
            self.open(jwe, operation_id)
        return refusal.value


@pytest.fixture
def world() -> World:
    return World()


def test_a_good_card_is_opened(world: World) -> None:
    jwe = world.card_keys.encrypt("mer_one", name="Zoë Ünder")
    assert world.open(jwe) == Card(VISA, 12, 2034, "123", "Zoë Ünder")


def test_code_and_name_may_be_absent(world: World) -> None:
    assert world.open(world.card_keys.encrypt("mer_one", MASTERCARD, without="cvc")) == Card(
        MASTERCARD, 12, 2034
    )


MALFORMED: list[dict[str, object]] = [
    {"iat": SECONDS - 601},
    {"iat": SECONDS + 301},
    {"iat": str(SECONDS)},
    {"iat": float(SECONDS)},
    {"iat": True},
    {"jti": ""},
    {"jti": 7},
    {"number": int(VISA)},
    {"number": VISA[:11]},
    {"number": VISA + "0000"},
    {"number": "4539 8588 7604 7062"},
    {"number": "\uff14" + VISA[1:]},
    {"number": VISA + "\n"},
    {"exp_month": 0},
    {"exp_month": 13},
    {"exp_month": "12"},
    {"exp_month": True},
    {"exp_month": 12.0},
    {"exp_year": 34},
    {"exp_year": 20345},
    {"cvc": "12"},
    {"cvc": "12345"},
    {"cvc": 123},
    {"cvc": None},
    {"name": ""},
    {"name": ["Ada"]},
    {"name": "a\nb"},
    {"pin": "1234"},
]


@pytest.mark.parametrize("claims", MALFORMED)
def test_a_claim_out_of_form_is_refused(claims: dict[str, object], world: World) -> None:
    assert_constant(world.refusal(world.card_keys.encrypt("mer_one", **{"jti": "j", **claims})))


@pytest.mark.parametrize("merchant", ["mer_two", "", None, 7])
def test_a_card_for_somebody_else_is_refused(merchant: Any, world: World) -> None:
    assert_constant(world.refusal(world.card_keys.encrypt(merchant)))


@pytest.mark.parametrize("claim", ["number", "exp_month", "exp_year", "merchant", "iat", "jti"])
def test_a_missing_claim_is_refused(claim: str, world: World) -> None:
    assert_constant(world.refusal(world.card_keys.encrypt("mer_one", without=claim)))


@pytest.mark.parametrize("age", [600, 0, -300])
def test_the_edges_of_freshness_are_accepted(age: int, world: World) -> None:
    assert world.open(world.card_keys.encrypt("mer_one", iat=SECONDS - age))


@pytest.mark.parametrize("plaintext", [b"", b"[]", b"null", b"\xff", b"{", b"[" * 4000, b'{"a":1,"a":1}'])
def test_other_contents_are_refused(plaintext: bytes, world: World) -> None:
    assert_constant(world.refusal(world.card_keys.encrypt_bytes(plaintext)))


def test_a_claim_that_stands_twice_is_refused(world: World) -> None:
    contents = json.dumps(
        {"exp_month": 12, "exp_year": 2034, "merchant": "mer_one", "iat": SECONDS, "jti": "j"}
    )
    twice = f'{{"number":"{MASTERCARD}","number":"{VISA}",' + contents[1:]
    assert_constant(world.refusal(world.card_keys.encrypt_bytes(twice.encode())))


def test_what_is_too_long_is_refused_unread() -> None:
    class Unread(FakeCardKeys):
        def decrypt(self, jwe: str) -> bytes | None:
            raise AssertionError("it was read")

    assert_constant(World(card_keys=Unread()).refusal("x" * (MAX_CHARACTERS + 1)))


def test_what_does_not_decrypt_is_refused(world: World) -> None:
    assert_constant(world.refusal("no jwe"))


def test_it_is_used_by_one_operation_only(world: World) -> None:
    jwe = world.card_keys.encrypt("mer_one")
    assert world.open(jwe) == world.open(jwe)
    assert_constant(world.refusal(jwe, "pay_two"))


def test_a_wrong_number_and_a_past_expiry_are_named_without_quoting_them(world: World) -> None:
    wrong = VISA[:-1] + "3"
    refusal = world.refusal(world.card_keys.encrypt("mer_one", wrong, exp_month=1, exp_year=2020))
    assert refusal.code is Code.CARD_INVALID
    number, expiry = refusal.fields
    assert (number.pointer, expiry.pointer) == (POINTER, POINTER)
    assert number.detail.startswith("number")
    assert expiry.detail.startswith("exp_month")
    assert wrong not in repr(refusal.fields) + refusal.detail


def test_a_refused_card_is_not_used_up(world: World) -> None:
    expired = world.card_keys.encrypt("mer_one", exp_year=2020, jti="again")
    assert world.refusal(expired).code is Code.CARD_INVALID
    assert world.open(world.card_keys.encrypt("mer_one", jti="again"), "pay_two")


@given(plaintext=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_reading_never_fails_otherwise(plaintext: bytes) -> None:
    assert read(plaintext) is None


def assert_constant(refusal: Refusal) -> None:
    assert refusal.code is Code.ENCRYPTED_CARD_INVALID
    assert refusal.detail == "The encrypted card can't be used. Encrypt the card again."
    assert refusal.fields == (FieldError(POINTER, "Not a usable encrypted card."),)
