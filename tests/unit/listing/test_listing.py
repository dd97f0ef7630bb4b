"""Where records are listed, and where they are looked for."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import merchant
from tollgate.domain.listing import first_partition, partition, partitions, position

MERCHANT = replace(merchant(), shards=(("2026-11", 4), ("2027-02", 8)))
TIMES = st.integers(0, 4_000_000_000_000)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def test_there_are_as_many_partitions_as_there_ever_were_shards() -> None:
    assert len(partitions(MERCHANT)) == 8
    assert partitions(merchant()) == ["mer_one#0"]


@pytest.mark.parametrize(
    ("day", "shards"), [("2026-10-31", 1), ("2026-11-01", 4), ("2027-01-31", 4), ("2027-03-01", 8)]
)
def test_a_month_has_the_shards_of_its_entry_or_of_the_last_one_before(day: str, shards: int) -> None:
    used = {partition(MERCHANT, at(day), f"pay_{number}") for number in range(200)}
    assert used == set(partitions(MERCHANT)[:shards])


@given(time=TIMES, id=st.text(min_size=1))
def test_a_record_is_where_it_is_looked_for(time: int, id: str) -> None:
    assert partition(MERCHANT, time, id) in partitions(MERCHANT)


def test_what_is_put_back_is_listed_where_every_merchant_looks() -> None:
    assert first_partition("mer_one") in partitions(MERCHANT)


@given(one=TIMES, two=TIMES)
def test_positions_sort_by_time(one: int, two: int) -> None:
    assert (position(one, "a") < position(two, "a")) == (one < two)
