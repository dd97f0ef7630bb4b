"""CloudTrail: it misses nothing that it should record, and what it records is safe."""

from typing import Any

import pytest

from engine import Graph, Node
from tests.infra.graphs import LOG_GROUP, ROLE, ROLE_POLICY, TABLE, Graphs, key_arns, statements

TRAIL = "aws:cloudtrail/trail:Trail"


def trail(graph: Graph, name: str = "trail") -> Node:
    return graph.one(TRAIL, name)


def selectors(graph: Graph, name: str = "data") -> dict[str, dict[str, dict[str, Any]]]:
    """By kind of data (or `Management`): operators and values by field."""
    found = {}
    for selector in trail(graph, name).inputs["advancedEventSelectors"]:
        fields = {one.pop("field"): one for one in (dict(one) for one in selector["fieldSelectors"])}
        category = fields.pop("eventCategory")["equals"][0]
        found[fields.pop("resources.type")["equals"][0] if category == "Data" else category] = fields
    return found


@pytest.mark.parametrize("name", ["trail", "data"])
def test_a_trail_is_of_all_regions_validated_encrypted_and_on(graph: Graph, name: str) -> None:
    inputs = trail(graph, name).inputs
    assert inputs["isMultiRegionTrail"] is True
    assert inputs["includeGlobalServiceEvents"] is True
    assert inputs["enableLogFileValidation"] is True
    assert inputs["enableLogging"] is True
    assert inputs["kmsKeyId"] == key_arns(graph)["evidence"]
    assert inputs["s3BucketName"] == f"tollgate-{graph.stack}-evidence-{graph.exports['account_id']}"
    assert "isOrganizationTrail" not in inputs


def test_the_trails_have_the_names_that_their_key_and_bucket_know(graph: Graph) -> None:
    arns = [trail(graph, name).outputs["arn"] for name in ("trail", "data")]
    (key,) = (
        statement
        for statement in statements(graph.one("aws:kms/key:Key", "evidence").inputs["policy"])
        if statement["Sid"] == "Trail"
    )
    assert key["Condition"]["StringEquals"]["aws:SourceArn"] == arns
    policy = graph.one("aws:s3/bucketPolicy:BucketPolicy", "evidence").inputs["policy"]
    bound = [
        statement["Condition"]["StringEquals"]["aws:SourceArn"]
        for statement in statements(policy)
        if statement["Effect"] == "Allow"
    ]
    assert bound == [arns] * 2


def test_no_management_event_is_left_out(graph: Graph) -> None:
    assert selectors(graph, "trail") == {"Management": {}}


def test_the_use_of_data_is_not_copied_into_a_log_group_which_would_cost_more_than_the_trail(
    graph: Graph,
) -> None:
    assert "Management" not in selectors(graph, "data")
    assert "cloudWatchLogsGroupArn" not in trail(graph, "data").inputs


def test_every_use_of_every_tables_items_is_recorded_but_for_the_streams_poller(graph: Graph) -> None:
    fields = selectors(graph)["AWS::DynamoDB::Table"]
    assert set(fields["resources.ARN"]["equals"]) == {table.outputs["arn"] for table in graph.of_type(TABLE)}
    assert fields["eventName"] == {
        "notEquals": ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"]
    }
    assert fields.keys() == {"resources.ARN", "eventName"}


def test_reading_and_removing_any_object_of_the_stage_is_recorded(graph: Graph) -> None:
    fields = selectors(graph)["AWS::S3::Object"]
    (prefix,) = fields["resources.ARN"]["startsWiths"]
    buckets = [node.outputs["arn"] for node in graph.of_type("aws:s3/bucket:Bucket")]
    assert buckets
    assert all(f"{arn}/object".startswith(prefix) for arn in buckets)
    # The trail's own deliveries would be recorded, delivered, recorded …
    assert fields["eventName"] == {"notEquals": ["PutObject"]}


def test_every_invocation_of_a_function_is_recorded(graph: Graph) -> None:
    fields = selectors(graph)["AWS::Lambda::Function"]
    (prefix,) = fields["resources.ARN"]["startsWiths"]
    functions = [node.outputs["arn"] for node in graph.of_type("aws:lambda/function:Function")]
    assert all(arn.startswith(prefix) for arn in functions)
    assert fields.keys() == {"resources.ARN"}


@pytest.mark.parametrize(
    ("stack", "insights"), [("dev", set()), ("prod", {"ApiCallRateInsight", "ApiErrorRateInsight"})]
)
def test_insights_are_paid_for_where_they_are_asked_for(
    graphs: Graphs, stack: str, insights: set[str]
) -> None:
    selected = trail(graphs(stack)).inputs.get("insightSelectors", [])
    assert {one["insightType"] for one in selected} == insights


def test_a_trail_starts_when_its_bucket_is_ready_and_its_log_writable(graph: Graph) -> None:
    for name in ("trail", "data"):
        for kind in ("BucketPolicy", "BucketVersioning", "BucketObjectLockConfiguration"):
            needed = graph.one(f"aws:s3/{kind[0].lower()}{kind[1:]}:{kind}", "evidence")
            assert needed.urn in trail(graph, name).dependencies
    assert graph.one(ROLE_POLICY, "trail").urn in trail(graph).dependencies


def test_the_trail_writes_its_own_log_group_and_nothing_else(graph: Graph) -> None:
    group, role = graph.one(LOG_GROUP, "trail"), graph.one(ROLE, "trail")
    (granted,) = statements(graph.one(ROLE_POLICY, "trail").inputs["policy"])
    assert trail(graph).inputs["cloudWatchLogsGroupArn"] == f"{group.outputs['arn']}:*"
    assert trail(graph).inputs["cloudWatchLogsRoleArn"] == role.outputs["arn"]
    assert granted["Action"] == ["logs:CreateLogStream", "logs:PutLogEvents"]
    assert granted["Resource"] == f"{group.outputs['arn']}:*"


def test_only_cloudtrail_takes_the_role_whose_source_it_does_not_name(graph: Graph) -> None:
    (trust,) = statements(graph.one(ROLE, "trail").inputs["assumeRolePolicy"])
    assert trust["Principal"] == {"Service": "cloudtrail.amazonaws.com"}
    assert "Condition" not in trust
