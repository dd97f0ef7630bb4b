"""What a number tells of itself."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cards import AMEX, DISCOVER, MASTERCARD, VISA, VISA_DEBIT
from tollgate.domain.card import Brand, Card, brand_of, expired, passes_luhn, too_far_ahead

NUMBERS = st.text("0123456789", min_size=12, max_size=19)


@pytest.mark.parametrize("number", [VISA, VISA_DEBIT, MASTERCARD, AMEX, DISCOVER])
def test_published_test_cards_pass_luhn(number: str) -> None:
    assert passes_luhn(number)


@given(number=NUMBERS, place=st.integers(0, 18), change=st.integers(1, 9))
def test_luhn_sees_any_single_wrong_digit(number: str, place: int, change: int) -> None:
    place %= len(number)
    digit = str((int(number[place]) + change) % 10)
    wrong = number[:place] + digit + number[place + 1 :]
    assert not (passes_luhn(number) and passes_luhn(wrong))


@given(number=NUMBERS)
def test_every_number_has_exactly_one_check_digit(number: str) -> None:
    assert sum(passes_luhn(number + str(digit)) for digit in range(10)) == 1


@given(number=NUMBERS)
def test_every_number_has_a_brand(number: str) -> None:
    assert isinstance(brand_of(number), Brand)


@pytest.mark.parametrize(
    ("number", "brand"),
    [
        (VISA, Brand.VISA),
        (MASTERCARD, Brand.MASTERCARD),
        (AMEX, Brand.AMEX),
        (DISCOVER, Brand.DISCOVER),
        ("3600000000000008", Brand.DINERS),
        ("3528000000000007", Brand.JCB),
        ("5000330000000000", Brand.MAESTRO),
        ("000000000000", Brand.UNKNOWN),
    ],
)
def test_the_first_digits_tell_the_brand(number: str, brand: Brand) -> None:
    assert brand_of(number) is brand


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def test_a_card_is_good_until_its_month_has_ended_everywhere_on_earth() -> None:
    assert not expired(11, 2026, at("2026-11-30T23:59:59Z"))
    assert not expired(11, 2026, at("2026-12-01T11:59:59Z"))
    assert expired(11, 2026, at("2026-12-01T12:00:00Z"))
    assert not expired(12, 2025, at("2026-01-01T00:30:00Z"))
    assert expired(12, 2025, at("2026-01-15T00:00:00Z"))


def test_no_card_is_good_for_more_than_thirty_years() -> None:
    now = at("2026-11-15T00:00:00Z")
    assert not too_far_ahead(11, 2056, now)
    assert too_far_ahead(12, 2056, now)
    assert too_far_ahead(1, 9999, now)


def test_a_cards_repr_shows_nothing() -> None:
    assert repr(Card(VISA, 12, 2034, "123", "Ada")) == "Card()"
