"""CloudTrail: it misses nothing that it should record, and what it records is safe."""

from typing import Any, cast

import pytest

from engine import Graph, Node
from infra.detection import event_selectors
from infra.stage import Stage
from tests.infra.graphs import FUNCTIONS, LOG_GROUP, ROLE, ROLE_POLICY, TABLE, Graphs, key_arns, statements

TRAIL = "aws:cloudtrail/trail:Trail"


def trail(graph: Graph, name: str = "trail") -> Node:
    return graph.one(TRAIL, name)


Fields = dict[str, dict[str, Any]]


def selectors(graph: Graph, name: str = "data") -> list[tuple[str, Fields]]:
    """Kinds of data (or `Management`), and operators and values by field."""
    found = []
    for selector in trail(graph, name).inputs["advancedEventSelectors"]:
        fields = {one.pop("field"): one for one in (dict(one) for one in selector["fieldSelectors"])}
        category = fields.pop("eventCategory")["equals"][0]
        found.append((fields.pop("resources.type")["equals"][0] if category == "Data" else category, fields))
    return found


def of_kind(graph: Graph, kind: str) -> list[Fields]:
    return [fields for each, fields in selectors(graph) if each == kind]


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
    assert selectors(graph, "trail") == [("Management", {})]


def test_the_use_of_data_is_not_copied_into_a_log_group_which_would_cost_more_than_the_trail(
    graph: Graph,
) -> None:
    assert of_kind(graph, "Management") == []
    assert "cloudWatchLogsGroupArn" not in trail(graph, "data").inputs


def test_every_use_of_a_tables_items_by_anybody_else_than_a_function_is_recorded(graph: Graph) -> None:
    whole, others = of_kind(graph, "AWS::DynamoDB::Table")
    listed = [*whole["resources.ARN"]["equals"], *others["resources.ARN"]["equals"]]
    assert sorted(listed) == sorted(table.outputs["arn"] for table in graph.of_type(TABLE))
    for fields in (whole, others):
        polling = ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"]
        assert fields["eventName"] == {"notEquals": polling}
    account = graph.exports["account_id"]
    assert others["userIdentity.arn"] == {
        "notStartsWiths": [
            f"arn:aws:sts::{account}:assumed-role/{graph.one(ROLE, name).inputs['name']}/"
            for name in FUNCTIONS
        ]
    }
    assert others.keys() == {"resources.ARN", "eventName", "userIdentity.arn"}


def test_every_use_of_a_card_is_recorded_the_functions_own_too(graph: Graph) -> None:
    whole, _ = of_kind(graph, "AWS::DynamoDB::Table")
    assert whole["resources.ARN"]["equals"] == [graph.one(TABLE, "vault").outputs["arn"]]
    assert whole.keys() == {"resources.ARN", "eventName"}


@pytest.mark.parametrize(
    ("recorded", "others", "callers"),
    [(["a"], ["b"], [False, True]), ([], ["a", "b"], [True]), (["a", "b"], [], [False])],
)
def test_which_tables_have_the_functions_uses_recorded_is_a_setting(
    recorded: list[str], others: list[str], callers: list[bool]
) -> None:
    tables = event_selectors.Tables(recorded, others, ["tollgate-dev-payments"])
    made = event_selectors.data(Stage("dev", "222222222222", "eu-west-1"), tables)
    fields = [cast("list[event_selectors.Field]", each.field_selectors) for each in made]
    named = [[field.field for field in each] for each in fields]
    assert ["userIdentity.arn" in names for names in named[:-2]] == callers


def test_reading_and_removing_any_object_of_the_stage_is_recorded(graph: Graph) -> None:
    (fields,) = of_kind(graph, "AWS::S3::Object")
    prefixes = tuple(fields["resources.ARN"]["startsWiths"])
    buckets = [node.outputs["arn"] for node in graph.of_type("aws:s3/bucket:Bucket")]
    assert buckets
    assert [arn for arn in buckets if not arn.startswith(prefixes)] == []
    # The trail's own deliveries would be recorded, delivered, recorded …
    assert fields["eventName"] == {"notEquals": ["PutObject"]}


def test_every_invocation_of_a_function_past_the_api_is_recorded(graph: Graph) -> None:
    (fields,) = of_kind(graph, "AWS::Lambda::Function")
    (prefix,) = fields["resources.ARN"]["startsWiths"]
    functions = [node.outputs["arn"] for node in graph.of_type("aws:lambda/function:Function")]
    assert all(arn.startswith(prefix) for arn in functions)
    # The API is no identity with an ARN: its requests are in the access log.
    assert fields["userIdentity.arn"] == {"startsWiths": ["arn:"]}
    assert fields.keys() == {"resources.ARN", "userIdentity.arn"}


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
