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


MALFORMED: list[tuple[dict[str, object], str]] = [
    ({"iat": SECONDS - 601}, "iat: 601 seconds old, at most 600."),
    ({"iat": SECONDS + 301}, "iat: 301 seconds ahead, at most 300."),
    ({"iat": str(SECONDS)}, "iat: must be"),
    ({"iat": float(SECONDS)}, "iat: must be"),
    ({"iat": True}, "iat: must be"),
    ({"jti": ""}, "jti: must be"),
    ({"jti": 7}, "jti: must be"),
    ({"jti": "\ud800"}, "jti: must be"),
    ({"number": int(VISA)}, "number: must be a string of 12 to 19 digits."),
    ({"number": VISA[:11]}, "number: must be"),
    ({"number": VISA + "0000"}, "number: must be"),
    ({"number": "4539 8588 7604 7062"}, "number: must be"),
    ({"number": "\uff14" + VISA[1:]}, "number: must be"),
    ({"number": VISA + "\n"}, "number: must be"),
    ({"exp_month": 0}, "exp_month: must be"),
    ({"exp_month": 13}, "exp_month: must be"),
    ({"exp_month": "12"}, "exp_month: must be"),
    ({"exp_month": True}, "exp_month: must be"),
    ({"exp_month": 12.0}, "exp_month: must be"),
    ({"exp_year": 34}, "exp_year: must be a whole number of four digits."),
    ({"exp_year": 20345}, "exp_year: must be"),
    ({"cvc": "12"}, "cvc: must be"),
    ({"cvc": "12345"}, "cvc: must be"),
    ({"cvc": 123}, "cvc: must be a string of 3 or 4 digits, or left out."),
    ({"cvc": None}, "cvc: must be"),
    ({"name": ""}, "name: must be"),
    ({"name": ["Ada"]}, "name: must be"),
    ({"name": "a\nb"}, "name: must be"),
    ({"name": "a\x7fb"}, "name: must be"),
    ({"merchant": "mer_two"}, "merchant: must be the caller's own."),
    ({"merchant": 7}, "merchant: must be"),
    ({"pin": "1234"}, "pin: isn't known."),
    ({VISA: 1}, "a member isn't known."),
]


@pytest.mark.parametrize(("claims", "detail"), MALFORMED)
def test_whoever_made_it_hears_which_member_is_wrong_and_no_value(
    claims: dict[str, object], detail: str, world: World
) -> None:
    members: dict[str, Any] = {"merchant": "mer_one", "jti": "j", **claims}
    refusal = world.refusal(world.card_keys.encrypt(**members))
    assert refusal.code is Code.ENCRYPTED_CARD_INVALID
    (field_error,) = refusal.fields
    assert field_error.pointer == POINTER
    assert field_error.detail.startswith(detail)
    assert refusal.detail.endswith(field_error.detail)
    assert VISA not in refusal.detail


def test_a_card_for_somebody_else_is_refused(world: World) -> None:
    refusal = world.refusal(world.card_keys.encrypt("mer_two"))
    assert refusal.fields == (FieldError(POINTER, "merchant: must be the caller's own."),)


@pytest.mark.parametrize("claim", ["number", "exp_month", "exp_year", "merchant", "iat", "jti"])
def test_a_missing_member_is_named(claim: str, world: World) -> None:
    refusal = world.refusal(world.card_keys.encrypt("mer_one", without=claim))
    assert refusal.fields == (FieldError(POINTER, f"{claim}: is missing."),)


def test_every_wrong_member_is_named_at_once(world: World) -> None:
    refusal = world.refusal(world.card_keys.encrypt("mer_one", cvc=1, exp_year=34, iat=SECONDS - 700))
    assert [each.detail.partition(":")[0] for each in refusal.fields] == ["exp_year", "cvc", "iat"]


@pytest.mark.parametrize(
    "name",
    [
        "山田\u3000太郎",
        "Jean\u00a0Luc",
        "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "ක්\u200dෂ",
        "soft\u00adhyphen",
        "Zoe\u0308",
        "🂡",
        " ",
    ],
)
def test_a_name_may_have_every_character_that_a_name_has(name: str, world: World) -> None:
    assert world.open(world.card_keys.encrypt("mer_one", name=name)).name == name


def test_a_card_number_in_the_name_is_refused_and_not_shown(world: World) -> None:
    refusal = world.refusal(world.card_keys.encrypt("mer_one", name=f"Ada {VISA}"))
    assert refusal.code is Code.INVALID_REQUEST
    assert refusal.fields == (FieldError(POINTER, "name: A card number has no place here."),)


@pytest.mark.parametrize("age", [600, 0, -300])
def test_the_edges_of_freshness_are_accepted(age: int, world: World) -> None:
    assert world.open(world.card_keys.encrypt("mer_one", iat=SECONDS - age))


@pytest.mark.parametrize(
    "plaintext",
    [b"", b"[]", b"null", b"\xff", b"{", b"[" * 4000, b'{"a":1,"a":1}', '{"a":1}'.encode("utf-16")],
)
def test_other_contents_are_refused(plaintext: bytes, world: World) -> None:
    refusal = world.refusal(world.card_keys.encrypt_bytes(plaintext))
    assert refusal.code is Code.ENCRYPTED_CARD_INVALID
    assert "the plaintext must be a JSON object" in refusal.detail


def test_a_member_that_stands_twice_is_refused(world: World) -> None:
    contents = json.dumps(
        {"exp_month": 12, "exp_year": 2034, "merchant": "mer_one", "iat": SECONDS, "jti": "j"}
    )
    twice = f'{{"number":"{MASTERCARD}","number":"{VISA}",' + contents[1:]
    assert "each member once" in world.refusal(world.card_keys.encrypt_bytes(twice.encode())).detail


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
    refusal = world.refusal(jwe, "pay_two")
    assert refusal.fields == (FieldError(POINTER, "jti: another Idempotency-Key has used it."),)


def test_a_wrong_number_and_a_past_expiry_are_named_without_quoting_them(world: World) -> None:
    wrong = VISA[:-1] + "3"
    refusal = world.refusal(world.card_keys.encrypt("mer_one", wrong, exp_month=1, exp_year=2020))
    assert refusal.code is Code.CARD_INVALID
    number, expiry = refusal.fields
    assert (number.pointer, expiry.pointer) == (POINTER, POINTER)
    assert number.detail.startswith("number")
    assert expiry.detail.startswith("exp_month")
    assert wrong not in repr(refusal.fields) + refusal.detail


@pytest.mark.parametrize("number", ["0" * 12, "0" * 16, "0000000000000018"])
def test_a_number_that_no_issuer_gives_out_is_no_card(number: str, world: World) -> None:
    assert world.refusal(world.card_keys.encrypt("mer_one", number)).code is Code.CARD_INVALID


def test_a_refused_card_is_not_used_up(world: World) -> None:
    expired = world.card_keys.encrypt("mer_one", exp_year=2020, jti="again")
    assert world.refusal(expired).code is Code.CARD_INVALID
    assert world.open(world.card_keys.encrypt("mer_one", jti="again"), "pay_two")


@given(plaintext=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_reading_never_fails_otherwise(plaintext: bytes) -> None:
    with pytest.raises(Refusal):
        read(plaintext, "mer_one", SECONDS, POINTER)


def assert_constant(refusal: Refusal) -> None:
    assert refusal.code is Code.ENCRYPTED_CARD_INVALID
    assert refusal.detail == "The encrypted card can't be used. Encrypt the card again."
    assert refusal.fields == (FieldError(POINTER, "Not a usable encrypted card."),)
