"""Whatever an alarm, a finding or the budget has to say ends at a person: each step of its way lets it on."""

import json
from fnmatch import fnmatchcase
from typing import Any

import pytest

from engine import Graph, Node
from tests.infra.graphs import KEY, ROLE, ROLE_POLICY, statements
from tests.infra.test_alerts import POLICY, SUBSCRIPTION, TOPIC
from tests.infra.test_findings import RULE, TARGET
from tests.infra.watching import COMPOSITE, METRIC_ALARM

BUDGET = "aws:budgets/budget:Budget"
# What SNS does with a topic's key in the publisher's name.
ENCRYPTING = {"kms:Decrypt", "kms:GenerateDataKey"}
# What a service tells SNS and KMS about the resource it speaks for; EventBridge tells neither anything.
TELLS_SOURCE = {"cloudwatch.amazonaws.com", "budgets.amazonaws.com"}


@pytest.fixture(scope="module")
def topics(graph: Graph) -> dict[str, Node]:
    """By ARN."""
    return {topic.outputs["arn"]: topic for topic in graph.of_type(TOPIC)}


def holds(condition: dict[str, Any], facts: dict[str, str]) -> bool:
    """Whether a condition holds for a request that has these keys, and no others."""
    for operator, wanted in condition.items():
        assert operator in {"StringEquals", "ArnLike"}, operator
        for key, values in wanted.items():
            allowed = [values] if isinstance(values, str) else values
            if not any(fnmatchcase(facts.get(key, ""), value) for value in allowed):
                return False
    return True


def lets(document: str, service: str, operations: set[str], facts: dict[str, str]) -> bool:
    """Whether a policy lets a service do all of this."""
    granted = {
        action
        for statement in statements(document)
        if statement["Effect"] == "Allow" and statement["Principal"] == {"Service": service}
        if holds(statement.get("Condition", {}), facts)
        for action in statement["Action"]
    }
    return operations <= granted


def arrives(graph: Graph, topic: Node, service: str, source: str) -> bool:
    """Whether what a service publishes for a source gets through the topic and its key to a subscriber."""
    account, arn = graph.exports["account_id"], topic.outputs["arn"]
    told = {"aws:SourceAccount": account, "aws:SourceArn": source} if service in TELLS_SOURCE else {}
    (key,) = (key for key in graph.of_type(KEY) if key.outputs["arn"] == topic.inputs["kmsMasterKeyId"])
    (policy,) = (policy for policy in graph.of_type(POLICY) if policy.inputs["arn"] == arn)
    subscribers = [each for each in graph.of_type(SUBSCRIPTION) if each.inputs["topic"] == arn]
    context = {"kms:EncryptionContext:aws:sns:topicArn": arn}
    return (
        lets(policy.inputs["policy"], service, {"sns:Publish"}, told)
        and lets(key.inputs["policy"], service, ENCRYPTING, told | context)
        and bool(subscribers)
        and all(each.inputs["protocol"] in {"email", "https"} for each in subscribers)
    )


def test_every_alarm_ends_at_a_person(graph: Graph, topics: dict[str, Node]) -> None:
    alarms = [*graph.of_type(METRIC_ALARM), *graph.of_type(COMPOSITE)]
    region, account = graph.exports["region"], graph.exports["account_id"]
    for alarm in alarms:
        name = alarm.inputs.get("name") or alarm.inputs["alarmName"]
        source = f"arn:aws:cloudwatch:{region}:{account}:alarm:{name}"
        (told,) = alarm.inputs["alarmActions"]
        assert arrives(graph, topics[told], "cloudwatch.amazonaws.com", source), name


def test_every_finding_ends_at_a_person(graph: Graph, topics: dict[str, Node]) -> None:
    reached = [
        (target.inputs["rule"], target.inputs["arn"])
        for target in graph.of_type(TARGET)
        if "-finding-" in target.inputs["rule"] and "region" not in target.inputs
    ]
    assert len(reached) >= 22
    for rule, told in reached:
        source = f"arn:aws:events:{graph.exports['region']}:{graph.exports['account_id']}:rule/{rule}"
        assert arrives(graph, topics[told], "events.amazonaws.com", source), rule


def test_a_condition_on_the_source_would_keep_every_finding_from_its_topic(graph: Graph) -> None:
    """What the statement was once: EventBridge names no source to SNS."""
    policy = graph.one(POLICY, "urgent").inputs["policy"]
    bound = [
        {**statement, "Condition": {"StringEquals": {"aws:SourceAccount": graph.exports["account_id"]}}}
        for statement in statements(policy)
        if statement["Effect"] == "Allow"
    ]
    document = json.dumps({"Statement": bound})
    assert lets(policy, "events.amazonaws.com", {"sns:Publish"}, {})
    assert not lets(document, "events.amazonaws.com", {"sns:Publish"}, {})


def test_every_finding_of_a_global_service_reaches_the_rule_that_tells_it(graph: Graph) -> None:
    rules = {node.name: node for node in graph.of_type(RULE)}
    role = graph.one(ROLE, "findings")
    (trusted,) = statements(role.inputs["assumeRolePolicy"])
    (allowed,) = statements(graph.one(ROLE_POLICY, "findings").inputs["policy"])
    assert trusted["Principal"] == {"Service": "events.amazonaws.com"}
    for target in (target for target in graph.of_type(TARGET) if "region" in target.inputs):
        assert target.inputs["roleArn"] == role.outputs["arn"]
        assert (allowed["Action"], allowed["Resource"]) == (["events:PutEvents"], target.inputs["arn"])
        assert target.inputs["arn"].split(":")[3] == graph.exports["region"]
        abroad = rules[target.name]
        if "eventPattern" in abroad.inputs:
            at_home = rules[target.name.removesuffix("-us-east-1")]
            assert at_home.inputs["eventPattern"] == abroad.inputs["eventPattern"]


def test_the_budget_ends_at_a_person(graph: Graph, topics: dict[str, Node]) -> None:
    budget = graph.one(BUDGET, "monthly")
    source = f"arn:aws:budgets::{graph.exports['account_id']}:budget/{budget.inputs['name']}"
    for notification in budget.inputs["notifications"]:
        (told,) = notification["subscriberSnsTopicArns"]
        assert arrives(graph, topics[told], "budgets.amazonaws.com", source)
