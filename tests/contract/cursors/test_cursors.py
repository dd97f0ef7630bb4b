"""Sealed cursors: readable by us alone, good for what they were made for alone."""

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.cursors import FakeCursors
from tollgate.adapters.cursors import SealedCursors
from tollgate.ports import Cursors

POSITION = "1800000000000#pay_abcdefghijklmnopqrst"


class FixedMac:
    """KMS's `GenerateMac`, for properties that need many tries."""

    def generate_mac(self, **_: object) -> dict[str, bytes]:
        return {"Mac": bytes(range(32))}


@pytest.fixture(params=["fake", "kms"])
def cursors(request: pytest.FixtureRequest) -> Cursors:
    if request.param == "fake":
        return FakeCursors()
    request.getfixturevalue("aws")
    kms = boto3.client("kms")
    key = kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]["Arn"]
    return SealedCursors(kms, key)


def test_a_cursor_opens_for_what_it_was_sealed_for(cursors: Cursors) -> None:
    assert cursors.open(cursors.seal(POSITION, "mer_one"), "mer_one") == POSITION


def test_a_cursor_opens_for_nothing_else(cursors: Cursors) -> None:
    assert cursors.open(cursors.seal(POSITION, "mer_one"), "mer_two") is None


@pytest.mark.parametrize("text", ["", "x", "é", "=", "AAAA", "A" * 600])
def test_what_is_no_cursor_opens_nothing(cursors: Cursors, text: str) -> None:
    assert cursors.open(text, "mer_one") is None


def test_a_sealed_cursor_shows_nothing_and_never_twice_the_same() -> None:
    sealed = SealedCursors(FixedMac(), "key")
    first, second = sealed.seal(POSITION, "mer_one"), sealed.seal(POSITION, "mer_one")
    assert first != second
    assert "pay_" not in first


@given(st.data())
def test_a_cursor_with_any_character_changed_is_refused(data: st.DataObject) -> None:
    sealed = SealedCursors(FixedMac(), "key")
    cursor = sealed.seal(POSITION, "mer_one")
    place = data.draw(st.integers(0, len(cursor) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda each: each != cursor[place]))
    assert sealed.open(cursor[:place] + other + cursor[place + 1 :], "mer_one") is None
