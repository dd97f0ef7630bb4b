"""What the card fields show while somebody types, pastes or lets the browser fill in."""

import pytest

from tests.unit.web.conftest import Call

pytestmark = pytest.mark.toolchain("node")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("4539858876047062", "4539 8588 7604 7062"),
        ("4539-8588-7604-7062", "4539 8588 7604 7062"),
        (" 4539 8588 76", "4539 8588 76"),
        ("340000000000000", "3400 000000 00000"),
        ("4539858876047062123456", "4539 8588 7604 7062 123"),
        ("\uff14\uff15\uff13\uff19\uff18", "4539 8"),
        ("\u0664\u0665\u0663\u0669\u0668", "4539 8"),
        ("number", ""),
    ],
)
def test_a_number_stands_in_groups(call: Call, text: str, shown: str) -> None:
    assert call("format.js", "formatNumber", [text]) == [shown]


@pytest.mark.parametrize(
    ("text", "deleting", "shown"),
    [
        ("1", False, "1"),
        ("5", False, "05 / "),
        ("12", False, "12 / "),
        ("1/", False, "01 / "),
        ("12 / 3", False, "12 / 3"),
        ("12/34", False, "12 / 34"),
        ("1/34", False, "01 / 34"),
        ("12/2034", False, "12 / 2034"),
        ("1234", False, "12 / 34"),
        ("12 / ", True, "12"),
        ("1", True, "1"),
        ("5", True, "5"),
        ("", False, ""),
    ],
)
def test_an_expiry_is_month_and_year(call: Call, text: str, deleting: bool, shown: str) -> None:
    assert call("format.js", "formatExpiry", [text, deleting]) == [shown]


def test_a_code_has_four_digits_at_most(call: Call) -> None:
    assert call("format.js", "formatCode", ["12a3"], ["12345"]) == ["123", "1234"]
