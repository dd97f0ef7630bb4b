"""Two releases share the tables: while one takes the other's place, and after a rollback."""

from typing import Any

import pytest

from tests.examples import merchant
from tests.releases.shape import unreadable, with_more
from tests.releases.written import (
    ROWS,
    as_text,
    client,
    payments,
    recorded,
    session,
    token,
    version,
    written,
)
from tollgate.adapters.clients_rows import client_of, merchant_of
from tollgate.adapters.items import row_of
from tollgate.adapters.payment_rows import payment_of
from tollgate.adapters.session_rows import session_of
from tollgate.adapters.vault.rows import token_of, wrapped_keys_of
from tollgate.domain.outcome import Unknown

RELEASES = sorted(path.stem for path in ROWS.glob("*.json"))
OTHERS = {
    "clients: merchant": (merchant_of, merchant()),
    "clients: client": (client_of, client()),
    "vault: token": (token_of, token()),
    "sessions: session": (session_of, session()),
    "vault: merchant's key": (wrapped_keys_of, (1, {1: b"wrapped"})),
}


def read(name: str, item: dict[str, Any]) -> Any:
    reader = OTHERS[name][0] if name in OTHERS else payment_of
    return reader(row_of(item))


def meant(name: str) -> Any:
    return OTHERS[name][1] if name in OTHERS else payments()[name.removeprefix("payments: ")]


def test_the_rows_of_this_release_are_recorded() -> None:
    """If this fails: what rows look like has changed. Where this version is released already, raise it in
    `pyproject.toml`; then `python -m tests.releases.written`, and a line in CHANGELOG.md."""
    assert (ROWS / f"{version()}.json").read_text(encoding="utf-8") == as_text(written())


@pytest.mark.parametrize("release", RELEASES)
def test_this_release_reads_what_every_release_has_written(release: str) -> None:
    for name, item in recorded(release).items():
        assert read(name, item) == meant(name), name


@pytest.mark.parametrize("release", RELEASES)
def test_this_release_writes_all_that_every_release_reads(release: str) -> None:
    now = written()
    missed = [
        f"{name}: {what}" for name, item in recorded(release).items() for what in unreadable(item, now[name])
    ]
    assert missed == []


@pytest.mark.parametrize("name", written())
def test_what_a_later_release_adds_is_read_over(name: str) -> None:
    row = written()[name]
    # What callers and operators fill with members of their own has no others.
    free = {member: row[member] for member in ("metadata", "shards", "versions") if member in row}
    assert read(name, {**with_more(row), **free}) == meant(name)


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("kind", {"S": "rebate"}),
        ("outcome", {"M": {"settled": {"S": "P1"}}}),
        ("means", {"S": "voucher"}),
        ("by", {"L": [{"S": "robot"}]}),
    ],
)
def test_what_changes_the_meaning_is_refused_and_not_taken_for_something_else(
    member: str, value: dict[str, Any]
) -> None:
    item = written()["payments: captured"]
    (operation,) = item["operations"]["L"]
    operation["M"][member] = value
    with pytest.raises((ValueError, TypeError)):
        read("payments: captured", item)


def test_a_user_agent_that_is_the_payments_first_is_not_stored_again() -> None:
    item = written()["payments: refunded"]
    first, refund = (each["M"]["by"]["L"] for each in item["operations"]["L"])
    assert refund[3] == {"BOOL": True}
    refund[3] = first[3]
    assert read("payments: refunded", item) == meant("payments: refunded")
    refund[3] = {"S": "another/2.0"}
    assert read("payments: refunded", item).latest.exchange.user_agent == "another/2.0"


def test_a_partial_approval_of_before_it_was_a_decline_at_once_is_looked_at_again() -> None:
    item = written()["payments: captured"]
    (operation,) = item["operations"]["L"]
    operation["M"]["outcome"] = {"M": {"partly": {"S": "P1"}, "amount": {"N": "5000"}}}
    payment = read("payments: captured", item)
    assert payment.latest.outcome == Unknown("partial_approval")
    assert payment.latest.pending


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ({}, ["a is gone"]),
        ({"a": {"N": "1"}}, ["a was S and is N"]),
        ({"a": {"S": "other"}, "b": {"S": "more"}}, []),
    ],
)
def test_a_reader_misses_what_is_gone_or_of_another_type_and_nothing_that_is_added(
    new: dict[str, Any], said: list[str]
) -> None:
    assert list(unreadable({"a": {"S": "text"}}, new)) == said


def test_a_reader_misses_a_place_in_a_list_of_facts_and_a_member_of_an_object_in_a_list() -> None:
    facts = {"L": [{"S": "visa"}, {"N": "12"}]}
    longer = {"L": [{"S": "visa"}, {"N": "12"}, {"N": "1"}]}
    assert list(unreadable({"card": facts}, {"card": longer})) == ["card had 2 entries and has 3"]
    one, other = {"L": [{"M": {"id": {"S": "x"}}}]}, {"L": [{"M": {}}, {"M": {}}]}
    assert list(unreadable({"operations": one}, {"operations": other})) == ["operations[0].id is gone"]
