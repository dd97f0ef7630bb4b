"""Each service that delivers to what is another's has the grants that AWS's guide for the pair names."""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from bootstrap.calls.arns import value_of
from engine import Graph, Node
from ops.iam.deliveries import DELIVERIES
from ops.iam.delivery import Delivery
from ops.iam.evaluation import allowed, many
from ops.iam.event_deliveries import TARGET
from ops.iam.key_policies import key_allows
from tests.infra.graphs import FUNCTION, KEY, PERMISSION, QUEUE, ROLE_POLICY, TABLE, Graphs

TOPIC = "aws:sns/topic:Topic"
BUCKET_ARN = "arn:aws:s3:::"
BUCKET_ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"


# Policies of what is delivered to: the type, the input that names it, and the one with the document.
POLICIES = (
    ("aws:sns/topicPolicy:TopicPolicy", "arn", "policy"),
    ("aws:s3/bucketPolicy:BucketPolicy", "bucket", "policy"),
    ("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", None, "policyDocument"),
)


def grants(graph: Graph, to: str, principal: str) -> list[Mapping[str, Any]]:
    """What a role's own policy says, or to a service the policy of what is delivered to."""
    if principal.startswith("arn:"):
        role = principal.rpartition("/")[2]
        texts = [node.inputs["policy"] for node in graph.of_type(ROLE_POLICY) if node.inputs["role"] == role]
        return [each for text in texts for each in json.loads(text)["Statement"]]
    texts = [
        node.inputs[document]
        for kind, named, document in POLICIES
        for node in graph.of_type(kind)
        if named is None or node.inputs[named] in (to, to.removeprefix(BUCKET_ARN))
    ]
    said = [each for text in texts for each in json.loads(text)["Statement"] if each["Effect"] == "Allow"]
    permitted = [permission(node) for node in graph.of_type(PERMISSION)]
    return [each for each in (*said, *permitted) if principal in many(each["Principal"].get("Service", ()))]


def permission(node: Node) -> Mapping[str, Any]:
    """A function's permission as the statement that Lambda makes of it."""
    given = node.inputs
    account = (
        {"StringEquals": {"aws:SourceAccount": given["sourceAccount"]}} if "sourceAccount" in given else {}
    )
    return {
        "Effect": "Allow",
        "Principal": {"Service": given["principal"]},
        "Action": given["action"],
        "Resource": f"arn:aws:lambda:*:function:{given['function']}:{given['qualifier']}",
        "Condition": {"ArnLike": {"aws:SourceArn": given["sourceArn"]}, "StringEquals": account},
    }


def key_of(graph: Graph, to: str) -> Node:
    """The key that is delivered to, or that a topic, queue, table or bucket is encrypted with."""
    keys = {
        node.outputs["arn"]: node.inputs["kmsMasterKeyId"]
        for kind in (TOPIC, QUEUE)
        for node in graph.of_type(kind)
    }
    tables = {node.outputs.get("streamArn"): node.inputs for node in graph.of_type(TABLE)}
    keys |= {arn: value_of(inputs, "serverSideEncryption.kmsKeyArn") for arn, inputs in tables.items()}
    bucket = to.removeprefix(BUCKET_ARN)
    encrypted = [node for node in graph.of_type(BUCKET_ENCRYPTION) if node.inputs["bucket"] == bucket]
    field = "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId"
    arn = keys.get(to) or next((value_of(node.inputs, field) for node in encrypted), to)
    return next(key for key in graph.of_type(KEY) if key.outputs["arn"] == arn)


def principal_of(graph: Graph, node: Node, delivery: Delivery, values: Mapping[str, Any]) -> str:
    """The service that delivers, or the ARN of the role with which it does."""
    sign, name = delivery.principal[0], delivery.principal[1:]
    if sign == "=":
        return value_of(node.inputs, name)
    if sign == "@":
        named = value_of(node.inputs, name).split(":")
        (function,) = [each for each in graph.of_type(FUNCTION) if each.inputs["name"] in named]
        return function.inputs["role"]
    return delivery.principal.format_map(values)


def destination(node: Node, delivery: Delivery) -> str | None:
    """What it delivers to, if this delivery speaks of it."""
    try:
        to = value_of(node.inputs, delivery.to)
    except KeyError:  # the trail of data has no log group
        return None
    return to if delivery.which in to else None


def refused(graph: Graph, delivery: Delivery) -> list[str]:
    """The calls of all deliveries of this pair that nothing allows."""
    found: list[str] = []
    for node in graph.of_type(delivery.kind):
        to = destination(node, delivery)
        if to is None:
            continue
        values = {"region": graph.exports["region"], **node.outputs}
        values |= {"to": to, "account": graph.exports["account_id"]}
        principal = principal_of(graph, node, delivery, values)
        context = {key: text.format_map(values) for key, text in delivery.context.items()}
        said = grants(graph, to, principal)
        asked = [(action, resource.format_map(values)) for action, resource in delivery.asks]
        found += [f"{node.name}: {each}" for each in asked if not allowed(said, *each, context)]
        found += [
            f"{node.name}: {operation}"
            for operation in delivery.key_operations
            if not key_allows(key_of(graph, to), principal, operation, context)
        ]
    return found


def named(delivery: Delivery) -> str:
    return f"{delivery.kind.rpartition(':')[2]}-{delivery.to}-{delivery.which or delivery.principal}"


@pytest.mark.parametrize("delivery", DELIVERIES, ids=named)
@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_a_delivery_has_what_its_guide_names(graphs: Graphs, stack: str, delivery: Delivery) -> None:
    assert refused(graphs(stack), delivery) == []


@pytest.mark.parametrize("delivery", DELIVERIES, ids=named)
def test_a_delivery_is_one_that_production_makes(graphs: Graphs, delivery: Delivery) -> None:
    assert any(destination(node, delivery) for node in graphs("prod").of_type(delivery.kind))


def test_every_target_of_a_rule_is_a_delivery(graphs: Graphs) -> None:
    kinds = [each for each in DELIVERIES if each.kind == TARGET]
    for node in graphs("prod").of_type(TARGET):
        assert any(destination(node, each) for each in kinds), node.name


def test_a_delivery_whose_grant_is_taken_away_is_found(graphs: Graphs) -> None:
    dev = graphs("dev")
    changed = replace(dev, nodes=deepcopy(dev.nodes))
    policy = changed.one("aws:s3/bucketPolicy:BucketPolicy", "access-logs")
    document = json.loads(policy.inputs["policy"])
    document["Statement"] = [each for each in document["Statement"] if each["Effect"] == "Deny"]
    policy.inputs["policy"] = json.dumps(document)
    (logging,) = (each for each in DELIVERIES if each.to == "targetBucket")
    assert len(refused(changed, logging)) == len(changed.of_type(logging.kind))
