"""Where alerts go, and who may send them."""

import pytest

from engine import Graph
from infra import publishers
from infra.stage import Stage
from tests.infra.graphs import KEY, Graphs, actions, key_arns, statements
from tests.infra.iam import findings

TOPIC = "aws:sns/topic:Topic"
POLICY = "aws:sns/topicPolicy:TopicPolicy"
SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription"
TOPICS = ("urgent", "notice")
STAGE = Stage("dev", "222222222222", "eu-west-1")
TOPIC_ARN = STAGE.arn("sns", "tollgate-dev-urgent")


def service_of(statement: dict) -> str | None:
    return statement["Principal"].get("Service")


def test_there_is_a_topic_for_now_and_one_for_the_next_day_each_encrypted(graph: Graph) -> None:
    assert {node.name for node in graph.of_type(TOPIC)} == set(TOPICS)
    for topic in graph.of_type(TOPIC):
        assert topic.inputs["name"] == f"tollgate-{graph.stack}-{topic.name}"
        assert topic.inputs["kmsMasterKeyId"] == key_arns(graph)["alerts"]


def test_only_the_stages_own_publishers_publish_and_only_over_tls(graph: Graph) -> None:
    account, region = graph.exports["account_id"], graph.exports["region"]
    sources = {
        "budgets.amazonaws.com": f"arn:aws:budgets::{account}:*",
        "cloudwatch.amazonaws.com": f"arn:aws:cloudwatch:{region}:{account}:alarm:tollgate-{graph.stack}-*",
    }
    for name in TOPICS:
        policy, topic = graph.one(POLICY, name), graph.one(TOPIC, name)
        assert policy.inputs["arn"] == topic.outputs["arn"]
        allowed = {}
        for statement in statements(policy.inputs["policy"]):
            assert statement["Resource"] == topic.outputs["arn"]
            assert statement["Action"] == ["sns:Publish"]
            if statement["Effect"] == "Deny":
                assert statement["Principal"] == {"AWS": "*"}
                assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
            else:
                allowed[service_of(statement)] = statement.get("Condition")
        # EventBridge names no source to a topic: with a condition no finding would ever arrive.
        assert allowed.pop("events.amazonaws.com") is None
        assert allowed == {
            service: {
                "StringEquals": {"aws:SourceAccount": account},
                "ArnLike": {"aws:SourceArn": source},
            }
            for service, source in sources.items()
        }


def test_the_key_serves_publishers_on_behalf_of_the_stage_or_of_its_topics(graph: Graph) -> None:
    topics = sorted(node.outputs["arn"] for node in graph.of_type(TOPIC))
    served = {
        service_of(statement): statement["Condition"]
        for statement in statements(graph.one(KEY, "alerts").inputs["policy"])
        if service_of(statement)
    }
    assert served.pop("events.amazonaws.com") == {
        "StringEquals": {"kms:EncryptionContext:aws:sns:topicArn": topics}
    }
    assert served.keys() == {"budgets.amazonaws.com", "cloudwatch.amazonaws.com"}
    for condition in served.values():
        assert condition["StringEquals"] == {"aws:SourceAccount": graph.exports["account_id"]}
        assert graph.exports["account_id"] in condition["ArnLike"]["aws:SourceArn"]


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_a_stages_subscribers_are_those_of_its_settings(graphs: Graphs, stack: str) -> None:
    graph = graphs(stack)
    told = {
        node.name: (node.inputs["protocol"], node.inputs["endpoint"], node.inputs["topic"])
        for node in graph.of_type(SUBSCRIPTION)
    }
    urgent, notice = (graph.one(TOPIC, name).outputs["arn"] for name in TOPICS)
    team = "payments-platform@example.com"
    expected = {"urgent-team": ("email", team, urgent), "notice-team": ("email", team, notice)}
    if stack == "prod":
        expected["urgent-on-call"] = ("email", "payments-on-call@example.com", urgent)
    assert told == expected


@pytest.mark.parametrize(("stack", "durable"), [("prod", True), ("dev", False)])
def test_a_durable_stage_keeps_its_topics(graphs: Graphs, stack: str, durable: bool) -> None:
    assert {node.protect for node in graphs(stack).of_type(TOPIC)} == {durable}


def test_statements_on_a_topic_and_its_key_are_sound() -> None:
    on_the_topic = [*publishers.publish(STAGE, TOPIC_ARN), publishers.refuse_plain_text(TOPIC_ARN)]
    for statement in on_the_topic:
        assert findings(statement) <= {"MISMATCHED_TYPE"}
    for statement in publishers.encrypt_alerts(STAGE, [TOPIC_ARN]):
        assert findings(statement) <= {"RESOURCE_STAR", "MISMATCHED_TYPE"}
        assert not [action for action in actions(dict(statement)) if "*" in action]
