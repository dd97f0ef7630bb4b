"""Where records are listed, and where they are looked for."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.examples import merchant
from tollgate.domain.listing import months, partition, partitions, position

MERCHANT = replace(merchant(), shards=(("2026-11", 4), ("2027-02", 8)))
TIMES = st.integers(0, 4_000_000_000_000)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def test_a_month_has_the_shards_of_its_entry_or_of_the_last_one_before() -> None:
    counts = {
        month: len(partitions(MERCHANT, month)) for month in ("2026-10", "2026-11", "2027-01", "2027-03")
    }
    assert counts == {"2026-10": 1, "2026-11": 4, "2027-01": 4, "2027-03": 8}


def test_a_partition_names_merchant_month_and_shard() -> None:
    assert partition(merchant(), at("2026-11-30T23:59:59.999"), "pay_one") == "mer_one#2026-11#0"


@given(time=TIMES, id=st.text(min_size=1))
def test_a_record_is_where_it_is_looked_for(time: int, id: str) -> None:
    (month,) = months(time, time)
    assert partition(MERCHANT, time, id) in partitions(MERCHANT, month)


@given(one=TIMES, two=TIMES)
def test_months_cover_the_span_newest_first(one: int, two: int) -> None:
    newest, oldest = max(one, two), min(one, two)
    found = months(newest, oldest)
    assert found == sorted(set(found), reverse=True)
    assert (found[0], found[-1]) == (months(newest, newest)[0], months(oldest, oldest)[0])


def test_a_span_over_new_year_has_every_month() -> None:
    assert months(at("2027-02-01"), at("2026-11-30")) == ["2027-02", "2027-01", "2026-12", "2026-11"]
    assert months(at("2026-11-01"), at("2026-12-01")) == []


@given(one=TIMES, two=TIMES)
def test_positions_sort_by_time(one: int, two: int) -> None:
    assert (position(one, "a") < position(two, "a")) == (one < two)


def test_ids_spread_over_the_shards() -> None:
    used = {partition(MERCHANT, at("2026-11-15"), f"pay_{number}") for number in range(200)}
    assert used == set(partitions(MERCHANT, "2026-11"))
