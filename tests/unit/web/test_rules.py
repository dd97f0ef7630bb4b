"""The card fields decide as the platform does, before anything is sent."""

import random
from datetime import UTC, datetime

import pytest

from tests.unit.web.conftest import Call
from tollgate.domain.card import brand_of, can_be_issued, expired, too_far_ahead

pytestmark = pytest.mark.toolchain("node")
NOW = int(datetime(2026, 12, 1, 11, 59, tzinfo=UTC).timestamp())  # it is still November somewhere


def numbers() -> list[str]:
    """Every beginning of four digits, and some of six, with lengths from 12 to 19."""
    dice = random.Random(1)
    beginnings = [f"{n:04}" for n in range(10_000)] + [f"{n}" for n in range(622_100, 622_950)]
    lengths = [dice.randint(12, 19) for _ in beginnings]
    return [
        start + "".join(dice.choices("0123456789", k=length - len(start)))
        for start, length in zip(beginnings, lengths, strict=True)
    ]


def typed(**fields: str) -> dict[str, str]:
    return {"number": "4539858876047062", "expiry": "1234", "code": "123", "name": "Ada", **fields}


def test_a_brand_is_the_platforms(call: Call) -> None:
    assert call("brands.js", "brandOf", *([n] for n in numbers())) == [brand_of(n) for n in numbers()]


def test_no_brand_is_shown_while_there_is_a_doubt(call: Call) -> None:
    beginnings = ["", "5", "6", "35", "352", "30", "4"]
    shown = call("brands.js", "brandOf", *([each] for each in beginnings))
    assert shown == ["unknown"] * 6 + ["visa"]


def test_a_number_is_refused_when_the_platform_would_refuse_it(call: Call) -> None:
    faults = call("rules.js", "faultOf", *(["number", typed(number=n), NOW] for n in numbers()))
    assert [fault is None for fault in faults] == [can_be_issued(n) for n in numbers()]


def test_an_expiry_is_refused_when_the_platform_would_refuse_it(call: Call) -> None:
    dates = [(month, year) for year in range(2024, 2060) for month in range(1, 13)]
    faults = call(
        "rules.js", "faultOf", *(["expiry", typed(expiry=f"{m:02} / {y % 100}"), NOW] for m, y in dates)
    )
    good = [not expired(m, y, NOW) and not too_far_ahead(m, y, NOW) for m, y in dates]
    assert [fault is None for fault in faults] == good


@pytest.mark.parametrize(
    ("field", "text", "fault"),
    [
        ("number", "4539 8588 760", "number_incomplete"),
        ("number", "4539 8588 7604 7063", "number_invalid"),
        ("expiry", "12 / ", "expiry_incomplete"),
        ("expiry", "13 / 30", "expiry_invalid"),
        ("expiry", "12 / 2030", None),
        ("code", "12", "code_incomplete"),
        ("code", "1234", "code_incomplete"),
        ("name", "  ", "name_missing"),
        ("name", "4539858876047062", "name_number"),
        ("name", "Renée O'Connor 3rd", None),
    ],
)
def test_what_is_wrong_has_a_name(call: Call, field: str, text: str, fault: str | None) -> None:
    assert call("rules.js", "faultOf", [field, typed(**{field: text}), NOW]) == [fault]


def test_an_american_express_code_has_four_digits(call: Call) -> None:
    amex = {"number": "340000000000000"}
    codes = [typed(**amex, code="1234"), typed(**amex, code="123")]
    assert call("rules.js", "faultOf", *(["code", each, NOW] for each in codes)) == [None, "code_incomplete"]
