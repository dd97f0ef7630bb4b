"""How much the stages take, and what happens above it."""

import json
from pathlib import Path

import pytest

from engine import Graph, up
from infra import access
from tests.infra.graphs import ALIAS, FUNCTION, TABLE, Graphs
from tests.stacks import PROJECT

PROVISIONED = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig"
SCALABLE = "aws:appautoscaling/target:Target"
SCALING = "aws:appautoscaling/policy:Policy"
TABLES = ("payments", "vault", "clients", "sessions", "audits", "events", "webhooks")
INDEXES = {
    "payments": ("listing", "due", "by_reference"),
    "audits": ("by_merchant", "by_resource"),
    "events": ("by_day", "due"),
    "webhooks": ("by_endpoint", "due"),
}
SCALED_TABLE = {
    "mode": "provisioned",
    "minimum": {"reads": 10, "writes": 20},
    "maximum": {"reads": 100, "writes": 200},
    "utilization_percent": 70,
}


@pytest.fixture(scope="module")
def other(package: Path) -> Graph:
    """The dev stage with the alternatives: tables that are scaled, functions that start from a snapshot."""
    capacity = {
        "concurrency": {"account": 1000, "request_milliseconds": 400, "snap_start": ["payments"]},
        "tables": dict.fromkeys(TABLES, SCALED_TABLE),
    }
    overrides = {"tollgate:package": str(package), "tollgate:capacity": json.dumps(capacity)}
    return up(PROJECT, "dev", preview=False, overrides=overrides)


# --- functions


@pytest.mark.parametrize("function", access.FUNCTIONS)
def test_a_deployment_publishes_a_version_and_points_the_alias_at_it(graph: Graph, function: str) -> None:
    made, alias = graph.one(FUNCTION, function), graph.one(ALIAS, function)
    assert made.inputs["publish"] is True
    assert alias.inputs["name"] == "live"
    assert alias.inputs["functionName"] == made.inputs["name"]
    assert alias.inputs["functionVersion"] == made.outputs["version"]


@pytest.mark.parametrize("function", access.FUNCTIONS)
def test_a_functions_calls_are_traced(graph: Graph, function: str) -> None:
    assert graph.one(FUNCTION, function).inputs["tracingConfig"] == {"mode": "Active"}


@pytest.mark.parametrize("stack", ["dev", "prod"])
@pytest.mark.parametrize("function", ["sweeper", "reconciler"])
def test_a_job_never_runs_beside_itself(graphs: Graphs, stack: str, function: str) -> None:
    assert graphs(stack).one(FUNCTION, function).inputs["reservedConcurrentExecutions"] == 1


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_the_worker_has_room_for_all_batches_that_it_may_get(graphs: Graphs, stack: str) -> None:
    mapping = graphs(stack).one("aws:lambda/eventSourceMapping:EventSourceMapping", "worker")
    reserved = graphs(stack).one(FUNCTION, "worker").inputs["reservedConcurrentExecutions"]
    assert mapping.inputs["scalingConfig"]["maximumConcurrency"] <= reserved


@pytest.mark.parametrize("function", ["authorizer", "payments"])
def test_production_keeps_the_way_to_a_payment_warm(graphs: Graphs, function: str) -> None:
    prod = graphs("prod")
    provisioned, target = prod.one(PROVISIONED, function), prod.one(SCALABLE, function)
    assert provisioned.inputs["functionName"] == f"tollgate-prod-{function}"
    assert provisioned.inputs["qualifier"] == "live"
    assert provisioned.inputs["provisionedConcurrentExecutions"] == target.inputs["minCapacity"]
    assert target.inputs["resourceId"] == f"function:tollgate-prod-{function}:live"
    assert target.inputs["serviceNamespace"] == "lambda"
    assert target.inputs["scalableDimension"] == "lambda:function:ProvisionedConcurrency"
    assert target.inputs["minCapacity"] < target.inputs["maxCapacity"]


def test_a_deployment_does_not_take_back_what_scaling_has_added(graphs: Graphs) -> None:
    made = graphs("prod").of_type(PROVISIONED)
    assert made
    assert {node.ignore_changes for node in made} == {("provisionedConcurrentExecutions",)}


def test_provisioned_concurrency_follows_its_use(graphs: Graphs) -> None:
    policies = graphs("prod").of_type(SCALING)
    assert {policy.name for policy in policies} == {"authorizer", "payments"}
    for policy in policies:
        target = graphs("prod").one(SCALABLE, policy.name)
        for key in ("serviceNamespace", "resourceId", "scalableDimension"):
            assert policy.inputs[key] == target.inputs[key]
        tracking = policy.inputs["targetTrackingScalingPolicyConfiguration"]
        metric = tracking["predefinedMetricSpecification"]["predefinedMetricType"]
        assert policy.inputs["policyType"] == "TargetTrackingScaling"
        assert (metric, tracking["targetValue"]) == ("LambdaProvisionedConcurrencyUtilization", 0.7)


def test_what_is_scaled_exists_before_it_is_scaled(graphs: Graphs) -> None:
    prod = graphs("prod")
    for target in prod.of_type(SCALABLE):
        assert prod.one(PROVISIONED, target.name).urn in target.dependencies


def test_no_stage_pays_for_snapshots_unless_it_says_so(graph: Graph, other: Graph) -> None:
    assert not [node for node in graph.of_type(FUNCTION) if "snapStart" in node.inputs]
    started = {
        node.name: node.inputs["snapStart"] for node in other.of_type(FUNCTION) if "snapStart" in node.inputs
    }
    assert started == {"payments": {"applyOn": "PublishedVersions"}}


# --- tables


@pytest.mark.parametrize("table", TABLES)
def test_a_table_and_its_indexes_have_a_ceiling_of_cost(graph: Graph, table: str) -> None:
    inputs = graph.one(TABLE, table).inputs
    assert inputs["billingMode"] == "PAY_PER_REQUEST"
    assert min(inputs["onDemandThroughput"].values()) > 0
    indexes = inputs.get("globalSecondaryIndexes", [])
    assert [index["name"] for index in indexes] == list(INDEXES.get(table, ()))
    # An index that takes less than its table throttles the table.
    assert all(index["onDemandThroughput"] == inputs["onDemandThroughput"] for index in indexes)
    # AWS raises warm throughput by itself, and the provider would replace the table to lower it again.
    raised = {"warmThroughput", "globalSecondaryIndexes"} if "warmThroughput" in inputs else set()
    assert set(graph.one(TABLE, table).ignore_changes) == raised


def test_development_can_not_cost_much(graphs: Graphs) -> None:
    maxima = [node.inputs["onDemandThroughput"] for node in graphs("dev").of_type(TABLE)]
    assert max(value for maximum in maxima for value in maximum.values()) <= 500


def test_production_starts_with_the_write_throughput_that_its_throttle_lets_in(graphs: Graphs) -> None:
    prod = graphs("prod")
    (method,) = prod.of_type("aws:apigateway/methodSettings:MethodSettings")
    rate = method.inputs["settings"]["throttlingRateLimit"]
    payments = prod.one(TABLE, "payments").inputs
    # A payment is written twice.
    assert payments["warmThroughput"]["writeUnitsPerSecond"] >= 2 * rate
    for index in payments["globalSecondaryIndexes"]:
        assert index["warmThroughput"] == payments["warmThroughput"]


@pytest.mark.parametrize("table", TABLES)
def test_a_provisioned_table_starts_with_the_minimum_and_is_then_left_alone(other: Graph, table: str) -> None:
    node = other.one(TABLE, table)
    for inputs in (node.inputs, *node.inputs.get("globalSecondaryIndexes", [])):
        assert (inputs["readCapacity"], inputs["writeCapacity"]) == (10, 20)
        assert not {"onDemandThroughput", "warmThroughput"} & inputs.keys()
    assert node.inputs["billingMode"] == "PROVISIONED"
    assert set(node.ignore_changes) == {"readCapacity", "writeCapacity", "globalSecondaryIndexes"}


def test_reads_and_writes_of_every_provisioned_table_and_index_are_scaled(other: Graph) -> None:
    expected = set()
    for table in TABLES:
        resource = f"table/tollgate-dev-{table}"
        places = {
            ("table", resource),
            *(("index", f"{resource}/index/{index}") for index in INDEXES.get(table, ())),
        }
        for kind, place in places:
            expected |= {
                (place, f"dynamodb:{kind}:ReadCapacityUnits", 10, 100),
                (place, f"dynamodb:{kind}:WriteCapacityUnits", 20, 200),
            }
    targets = [node.inputs for node in other.of_type(SCALABLE)]
    assert expected == {
        (each["resourceId"], each["scalableDimension"], each["minCapacity"], each["maxCapacity"])
        for each in targets
    }
    assert {each["serviceNamespace"] for each in targets} == {"dynamodb"}


def test_a_provisioned_table_is_scaled_by_the_metric_of_what_is_scaled(other: Graph) -> None:
    for policy in other.of_type(SCALING):
        tracking = policy.inputs["targetTrackingScalingPolicyConfiguration"]
        metric = tracking["predefinedMetricSpecification"]["predefinedMetricType"]
        verb = policy.inputs["scalableDimension"].rpartition(":")[2].removesuffix("CapacityUnits")
        assert metric == f"DynamoDB{verb}CapacityUtilization"
        assert tracking["targetValue"] == 70
