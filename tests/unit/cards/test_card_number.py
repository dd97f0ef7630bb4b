"""Which texts hold a card number, and which only look like it."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cards import DISCOVER, MASTERCARD, VISA
from tollgate.domain.card_number import holds_card_number, is_card_number

HYPHENS = ("-", "\u2010", "\u2011", "\u2012", "\u2013")
GROUPED = "4539 8588 7604 7062"


@pytest.mark.parametrize(
    "text",
    [
        VISA,
        MASTERCARD,
        DISCOVER,
        GROUPED,
        GROUPED.replace(" ", "-"),
        GROUPED.replace(" ", "\u00a0"),
        f"card {GROUPED}, exp 12/34",
        f"order 12 {GROUPED} 7",
        f"order-{VISA}",
        f"_{VISA}",
        f"({VISA})",
        f"{VISA}-1",
        "\uff14" + VISA[1:],
        "378282246310005",
        "30569309025904",
    ],
)
def test_a_card_number_is_found(text: str) -> None:
    assert holds_card_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "order-1042",
        VISA[:-1] + "3",
        f"x{VISA}",
        f"{VISA}x",
        f"日{VISA}",
        f"1{VISA}",
        GROUPED.replace(" ", "  "),
        f"a-{GROUPED.replace(' ', '-')}",
        f"{GROUPED.replace(' ', '-')}-9",
        "0000000000000000",
        "1795788000123",
        "9999999999999995",
        VISA[:12],
    ],
)
def test_what_is_none_is_taken(text: str) -> None:
    assert not holds_card_number(text)


@given(value=st.uuids() | st.text("0123456789", min_size=32, max_size=32).map(uuid.UUID))
def test_no_uuid_is_taken_for_one(value: uuid.UUID) -> None:
    assert not holds_card_number(str(value))
    assert not holds_card_number(f"order {value} paid")


@given(text=st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    assert holds_card_number(f"{text} {VISA} ") or text.endswith(HYPHENS)
    assert not is_card_number(f"{text}x")


def test_a_number_and_nothing_else() -> None:
    assert is_card_number(VISA)
    assert is_card_number(GROUPED)
    assert not is_card_number(f"order-{VISA}")
    assert not is_card_number(f"12 {GROUPED}")
