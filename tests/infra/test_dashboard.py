"""The dashboard's JSON is what CloudWatch draws, and the budget is told of in time."""

import json
import re

from engine import Graph
from tests.infra.graphs import FUNCTION, QUEUE
from tests.infra.test_alerts import TOPIC
from tests.infra.watching import COMPOSITE, DASHBOARD, alarms, drawn, graphs_of, widgets

BUDGET = "aws:budgets/budget:Budget"
ACROSS = 24
WIDGETS = 500
SERIES = 500


def test_widgets_lie_on_the_grid_and_cover_each_other_nowhere(graph: Graph) -> None:
    taken: set[tuple[int, int]] = set()
    assert 0 < len(widgets(graph)) <= WIDGETS
    for widget in widgets(graph):
        assert widget["x"] >= 0
        assert widget["x"] + widget["width"] <= ACROSS
        cells = {
            (widget["x"] + right, widget["y"] + down)
            for right in range(widget["width"])
            for down in range(widget["height"])
        }
        assert not cells & taken
        taken |= cells


def test_there_is_a_section_for_money_traffic_safety_and_cost(graph: Graph) -> None:
    headings = [widget["properties"]["markdown"] for widget in widgets(graph) if widget["type"] == "text"]
    assert headings == ["## Money", "## Traffic", "## Safety", "## Cost"]


def test_every_alarms_state_is_shown(graph: Graph) -> None:
    groups = [widget["properties"]["alarms"] for widget in widgets(graph) if widget["type"] == "alarm"]
    shown = [each for group in groups for each in group]
    account, region = graph.exports["account_id"], graph.exports["region"]
    names = [node.inputs["name"] for node in alarms(graph).values()]
    names += [node.inputs["alarmName"] for node in graph.of_type(COMPOSITE)]
    assert set(shown) == {f"arn:aws:cloudwatch:{region}:{account}:alarm:{name}" for name in names}
    assert all(len(group) <= 100 for group in groups), "CloudWatch's own limit"


def test_a_graph_is_drawn_from_series_and_expressions_that_name_them(graph: Graph) -> None:
    for properties in graphs_of(graph):
        assert properties["title"]
        assert properties["period"] % 60 == 0
        lines = properties["metrics"]
        assert 0 < len(lines) <= SERIES
        ids = [line[-1]["id"] for line in lines if "id" in line[-1]]
        assert len(ids) == len(set(ids))
        hidden = {line[-1]["id"] for line in lines if line[-1].get("visible") is False}
        words = {
            word for line in lines for word in re.findall(r"\b[a-z]\d+_\d+\b", line[-1].get("expression", ""))
        }
        assert words == hidden
        assert list(drawn(properties))


def test_only_charges_are_read_in_another_region(graph: Graph) -> None:
    for properties in graphs_of(graph):
        charges = {series.namespace for series in drawn(properties)} == {"AWS/Billing"}
        assert properties["region"] == ("us-east-1" if charges else graph.exports["region"])


def test_limits_are_those_of_the_alarms(graph: Graph) -> None:
    limits = {
        properties["title"]: properties["annotations"]["horizontal"][0]["value"]
        for properties in graphs_of(graph)
        if "annotations" in properties
    }
    assert limits["Operations overdue (seconds)"] == alarms(graph)["operations-overdue"].inputs["threshold"]
    assert limits["Late charge (count)"] == 1


def test_every_function_and_queue_is_on_it(graph: Graph) -> None:
    shown = {
        value
        for properties in graphs_of(graph)
        for one in drawn(properties)
        for value in one.dimensions.values()
    }
    for node in (*graph.of_type(FUNCTION), *graph.of_type(QUEUE)):
        assert node.inputs["name"] in shown


def test_the_dashboard_is_json_of_the_stage(graph: Graph) -> None:
    inputs = graph.one(DASHBOARD, "stage").inputs
    assert inputs["dashboardName"] == f"tollgate-{graph.stack}-stage"
    assert json.loads(inputs["dashboardBody"]).keys() == {"widgets"}


def test_the_budget_is_told_of_before_it_is_spent(graph: Graph) -> None:
    (budget,) = graph.of_type(BUDGET)
    inputs = budget.inputs
    assert (inputs["budgetType"], inputs["timeUnit"], inputs["limitUnit"]) == ("COST", "MONTHLY", "USD")
    notice = graph.one(TOPIC, "notice").outputs["arn"]
    told = []
    for each in inputs["notifications"]:
        assert (each["comparisonOperator"], each["thresholdType"]) == ("GREATER_THAN", "PERCENTAGE")
        assert each["subscriberSnsTopicArns"] == [notice]
        told.append((each["notificationType"], each["threshold"]))
    assert told == [("ACTUAL", 50), ("ACTUAL", 80), ("ACTUAL", 100), ("FORECASTED", 100)]
