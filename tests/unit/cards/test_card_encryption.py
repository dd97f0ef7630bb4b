"""The JWE itself: one pair of algorithms, no extras, and not a byte changed."""

import base64
import json
import os
from collections.abc import Mapping

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cards import card_key, encrypt, encrypt_card
from tests.fakes.clock import FakeClock
from tollgate.adapters.card_encryption import EncryptedCards
from tollgate.adapters.card_keys import CardKeySecret
from tollgate.adapters.jwks import encryption_jwk, thumbprint

KEY = card_key()
JWE = encrypt_card(KEY.jwk, "mer_one")


class OneSecret:
    def get_secret_value(self, SecretId: str) -> dict[str, str]:  # noqa: N803 - the AWS API's spelling
        return {"SecretString": KEY.secret()}


CARDS = EncryptedCards(CardKeySecret(OneSecret(), "card-keys", FakeClock(), tuple[str, ...]))


def handmade(
    header: Mapping[str, object], *, oaep: HashAlgorithm | None = None, cek: int = 32, iv: int = 12
) -> str:
    """A JWE by hand: what a library would refuse to make."""
    private = load_pem_private_key(KEY.pem.encode(), None)
    public = private.public_key()
    assert isinstance(public, RSAPublicKey)
    key, nonce, digest = os.urandom(cek), os.urandom(iv), oaep or SHA256()
    head = segment(json.dumps(header).encode())
    sealed = AESGCM(key).encrypt(nonce, b"{}", head.encode())
    wrapped = public.encrypt(key, OAEP(MGF1(digest), digest, None))
    return ".".join([head, *map(segment, (wrapped, nonce, sealed[:-16], sealed[-16:]))])


def segment(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


GOOD = {"alg": "RSA-OAEP-256", "enc": "A256GCM", "kid": KEY.kid}


def test_a_handmade_one_opens() -> None:
    assert CARDS.decrypt(handmade(GOOD)) == b"{}"


def test_type_and_content_type_may_be_named() -> None:
    assert CARDS.decrypt(encrypt(KEY.jwk, b"{}", {"typ": "JOSE", "cty": "application/json"})) == b"{}"


@pytest.mark.parametrize(
    "change",
    [
        {"alg": "RSA-OAEP"},
        {"alg": "RSA1_5"},
        {"alg": "dir"},
        {"alg": "none"},
        {"alg": None},
        {"alg": ["RSA-OAEP-256"]},
        {"enc": "A128GCM"},
        {"enc": "A256CBC-HS512"},
        {"kid": "other"},
        {"kid": None},
        {"kid": 1},
        {"zip": "DEF"},
        {"crit": ["exp"]},
        {"crit": []},
        {"jku": "https://example.com/keys"},
        {"jwk": {}},
        {"x5u": "https://example.com/cert"},
        {"p2c": 1},
        {"iat": 1},
    ],
)
def test_another_header_is_refused(change: dict[str, object]) -> None:
    assert CARDS.decrypt(handmade({**GOOD, **change})) is None


@pytest.mark.parametrize("name", ["alg", "enc", "kid"])
def test_a_header_that_lacks_a_member_is_refused(name: str) -> None:
    assert CARDS.decrypt(handmade({key: value for key, value in GOOD.items() if key != name})) is None


def test_what_the_algorithms_do_not_allow_is_refused() -> None:
    assert CARDS.decrypt(handmade(GOOD, cek=16)) is None
    assert CARDS.decrypt(handmade(GOOD, iv=16)) is None
    assert CARDS.decrypt(handmade(GOOD, oaep=SHA1())) is None


def test_compressed_contents_are_refused() -> None:
    assert CARDS.decrypt(encrypt(KEY.jwk, b"{}" * 100, {"zip": "DEF"})) is None


@settings(max_examples=300, deadline=None)
@given(place=st.integers(0, len(JWE) - 1), character=st.characters(codec="utf-8"))
def test_any_changed_character_is_refused(place: int, character: str) -> None:
    changed = JWE[:place] + character + JWE[place + 1 :]
    assert changed == JWE or CARDS.decrypt(changed) is None


@pytest.mark.parametrize("last", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
def test_no_segment_has_a_second_spelling(last: str) -> None:
    """Base64's last character has spare bits: they must be zero."""
    segments = JWE.split(".")
    for index, given_segment in enumerate(segments):
        changed = ".".join([*segments[:index], given_segment[:-1] + last, *segments[index + 1 :]])
        assert changed == JWE or CARDS.decrypt(changed) is None


@pytest.mark.parametrize(
    "value",
    ["", ".", "....", JWE + ".", JWE + ".x", JWE + "=", JWE + "\n", " " + JWE, "\ud800", "é", "{}", JWE * 2],
    ids=lambda _: "form",
)
def test_what_is_no_compact_form_is_refused(value: str) -> None:
    assert CARDS.decrypt(value) is None


@settings(max_examples=200, deadline=None)
@given(value=st.text(max_size=300))
def test_any_text_is_refused(value: str) -> None:
    assert CARDS.decrypt(value) is None


def test_the_kid_is_the_thumbprint_of_rfc_7638() -> None:
    """The example of its §3.1."""
    modulus = (
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiF"
        "V4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9"
        "c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1"
        "jF44-csFCur-kEgU8awapJzKnqDKgw"
    )
    jwk = {"kty": "RSA", "n": modulus, "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"}
    assert thumbprint(jwk) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


def test_what_is_published_of_a_key_is_public() -> None:
    private = load_pem_private_key(KEY.pem.encode(), None)
    public = private.public_key()
    assert isinstance(public, RSAPublicKey)
    assert encryption_jwk(public) == KEY.jwk
    assert set(KEY.jwk) == {"kty", "n", "e", "use", "alg", "kid"}
