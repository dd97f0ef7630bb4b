"""A stage's bill follows from its program."""

import pytest

from ops.cost.bill import bill, text
from ops.cost.fixed import fixed
from ops.cost.kept import kept, runs_a_month, stored
from ops.cost.lines import by_service, total
from ops.cost.prices import prices, usage
from ops.cost.trail import invocations_recorded, tables_recorded
from ops.cost.variable import variable
from tests.infra.graphs import Graphs

MILLION = 1_000_000


def test_prods_fixed_month_is_mostly_its_firewall(graphs: Graphs) -> None:
    services = by_service(fixed(graphs("prod"), prices(), usage()))
    assert services["Network Firewall"] == pytest.approx(3 * 0.395 * 730)
    assert next(iter(services)) == "Network Firewall"
    assert services["Lambda"] == pytest.approx(15 * 0.5 * 730 * 3600 * 0.0000033334)


def test_gateways_are_free_beside_firewall_endpoints_and_else_are_not(graphs: Graphs) -> None:
    def gateways(stack: str) -> list[str]:
        return [line.what for line in fixed(graphs(stack), prices(), usage()) if "gateways" in line.what]

    assert gateways("prod") == []
    assert gateways("dev") == ["1 gateways, 0 of them waived beside firewall endpoints"]


def test_each_table_of_the_bill_adds_up_and_each_price_has_a_source(graphs: Graphs) -> None:
    found = bill(graphs("prod"), prices(), usage(), MILLION, 20_000, years=3)
    for lines in (found.fixed, found.variable, *found.kept_by_year):
        assert sum(by_service(lines).values()) == pytest.approx(total(lines))
        assert all(line.usd >= 0 for line in lines)
    assert all(price.source and price.usd > 0 for price in prices().price.values())


def test_a_setting_that_the_bill_names_is_one_of_the_stages(graphs: Graphs) -> None:
    graph = graphs("prod")
    found = bill(graph, prices(), usage(), MILLION, MILLION, years=1)
    named = {line.setting for line in (*found.fixed, *found.variable, *found.kept_by_year[0]) if line.setting}
    first = {each.strip().partition(".")[0] for setting in named for each in setting.split(",")}
    assert first <= {
        "archive",
        "backup",
        "capacity",
        "detection",
        "function_memory_mb",
        "network",
        "processor_accounts",
    }


def test_what_is_kept_grows_with_what_is_stored_and_with_the_copies(graphs: Graphs) -> None:
    held = stored(usage(), MILLION, 0)
    once, twice = (total(kept(graphs("prod"), prices(), each)) for each in (held, held.times(2)))
    assert twice == pytest.approx(2 * once)
    backups = [line for line in kept(graphs("prod"), prices(), held) if line.service == "Backup"]
    assert [line.what for line in backups if "copies" in line.what] == [
        "daily: 7 copies in 1 Region",
        "copied: 1 copies in 2 Regions",
        "monthly: 3 copies in 1 Region",
    ]
    assert any("exports" in line.what for line in kept(graphs("prod"), prices(), held))


def test_the_text_says_what_dominates_and_what_was_not_looked_up(graphs: Graphs) -> None:
    found = bill(graphs("prod"), prices(), usage(), MILLION, 0, years=5)
    said = text(found, prices(), MILLION)
    assert "network.firewall" in said.partition("What dominates")[2]
    assert "endpoint_hour" in said.splitlines()[-1]
    chart = said.partition("The last month of each year")[2].splitlines()[1:]
    assert len([line for line in chart if "#" in line and "+" in line]) == 5


@pytest.mark.parametrize(
    ("schedule", "runs"),
    [("cron(0 1 * * ? *)", 30.4), ("cron(0 1 1 * ? *)", 1), ("cron(30 2 ? * WED,SUN *)", 30.4 * 2 / 7)],
)
def test_what_is_done_by_a_schedule_is_counted_by_the_month(schedule: str, runs: float) -> None:
    assert runs_a_month(schedule) == pytest.approx(runs)


def test_the_trail_is_paid_for_what_its_selectors_take(graphs: Graphs) -> None:
    graph = graphs("prod")
    assert (tables_recorded(graph), invocations_recorded(graph)) == ({"vault"}, False)
    (line,) = (
        each for each in variable(graph, prices(), usage(), MILLION, MILLION) if each.service == "CloudTrail"
    )
    assert line.usd == pytest.approx(MILLION * usage()["payment"]["vault_calls"] * 0.000001)
