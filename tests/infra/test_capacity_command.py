"""`tollgate capacity` reads its limits from the stack's program."""

from ops.capacity.ceilings import ceilings
from ops.capacity.limits import limits
from ops.capacity.page import page
from ops.capacity.quotas import quotas
from ops.capacity.shapes import shapes
from ops.capacity.simulation import run
from ops.capacity.text import text
from ops.cost.prices import usage
from tests.infra.graphs import FUNCTION, Graphs


def test_limits_are_those_of_the_settings(graphs: Graphs) -> None:
    found = limits(graphs("prod"), quotas())
    assert (found.gateway_rate, found.gateway_burst, found.plan_rate) == (5000, 5000, 500)
    assert found.environments["payments"] == 1500
    assert found.warm == {"payments": 10, "authorizer": 5}
    assert (found.writes["payments"], found.writes_at_once["payments"]) == (20000, 12000)
    assert found.writes_at_once["audits"] == 4000
    assert (found.projector_slots, found.gateways) == (24, 3)
    assert found.high_throughput_queue


def test_a_function_without_a_share_has_what_is_left_of_the_accounts_quota(graphs: Graphs) -> None:
    graph = graphs("dev")
    reserved = [each.inputs.get("reservedConcurrentExecutions") or 0 for each in graph.of_type(FUNCTION)]
    assert limits(graph, quotas()).environments["payments"] == 1000 - sum(reserved)


def test_the_answer_says_what_is_below_what_is_asked_and_what_raises_it(graphs: Graphs) -> None:
    found = limits(graphs("dev"), quotas())
    reached = ceilings(found, quotas(), usage())
    fates = [run(shape, found, quotas(), usage()) for shape in shapes(2000)]
    said = text("dev", 2000, reached, fates, quotas())
    assert "API Gateway, the stage's throttle (1,000): throttle" in said
    assert "429" in said
    table = page("dev", 2000, reached, fates, quotas())
    assert len([line for line in table.splitlines() if line.startswith("| ")]) >= len(reached) + len(fates)
