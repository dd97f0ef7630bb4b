"""What requests cost stays within bench/limits.toml."""

import pytest

from bench.account import opened
from bench.flows import Bench, Cost, run
from bench.measures import Measures, exceeded, limits
from bench.page import page
from ops.cost.prices import usage


@pytest.fixture(scope="module")
def measured() -> Measures:
    with opened() as account:
        bench: Bench = run(account)
    return Measures(bench.costs, {})


def test_calls_units_and_bytes_are_within_their_limits(measured: Measures) -> None:
    assert exceeded(measured, limits()) == []


def test_a_limit_is_of_something_that_is_measured(measured: Measures) -> None:
    tables = ("calls", "write_units", "read_units", "item_bytes")
    assert {table: set(limits()[table]) for table in tables} == {
        table: set(measured.tables[table]) for table in tables
    }


def test_the_articles_payment_takes_eleven_calls(measured: Measures) -> None:
    calls = [
        call
        for flow in ("article: authorizer", "article: payment by token")
        for call in measured.costs[flow].calls
    ]
    assert [call.partition(":")[0] for call in calls].count("secretsmanager") == 2
    assert len(calls) == 11


@pytest.mark.parametrize(("used", "flow"), [("payment", "payment by token"), ("refund", "refund")])
def test_the_bill_is_reckoned_with_what_is_counted(used: str, flow: str, measured: Measures) -> None:
    counted, said = measured.costs[flow], usage()[used]
    assert said["calls"] == len(counted.calls)
    assert said["vault_calls"] == sum("vault" in call for call in counted.calls)
    assert said["write_units"] == sum(counted.write_units.values())
    assert said["read_units"] == counted.read_units


def test_the_capacity_is_reckoned_with_the_writes_that_are_counted(measured: Measures) -> None:
    calls = measured.costs["payment by token"].calls
    written = [call for call in calls if call.startswith(("dynamodb:PutItem", "dynamodb:UpdateItem"))]
    assert usage()["payment"]["writes"] == len(written)


def test_the_bill_is_reckoned_with_the_records_that_are_counted(measured: Measures) -> None:
    projected = measured.costs["payment projected"]
    assert usage()["payment"]["projected_calls"] == len(projected.calls)
    assert usage()["payment"]["projected_write_units"] == sum(projected.write_units.values())


def test_what_costs_more_than_its_limit_and_what_has_none_are_named() -> None:
    cost = Cost(("dynamodb:GetItem vault", "kms:Decrypt"), {"payments": 2}, 1, {"payments": 100})
    generous = {"new": 100.0}
    found = exceeded(
        Measures({"new": cost}, {}),
        {
            "calls": {"new": 1},
            "write_units": generous,
            "read_units": {},
            "item_bytes": generous,
            "ratios": {},
        },
    )
    assert found == [
        "calls: new is 2, and at most 1 is allowed",
        "read_units: new is 1, and has no limit",
    ]


def test_a_page_without_instructions_says_so(measured: Measures) -> None:
    assert "No instructions were counted in this run." in page(measured)
