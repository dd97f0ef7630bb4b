"""Each service that delivers to what is another's has the grants that AWS's guide for the pair names."""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from bootstrap.calls.arns import value_of
from engine import Graph, Node
from ops.iam.deliveries import DELIVERIES, Delivery
from ops.iam.evaluation import allowed, many
from ops.iam.key_policies import key_allows
from tests.infra.graphs import KEY, ROLE_POLICY, Graphs

TOPIC = "aws:sns/topic:Topic"
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
        if named is None or node.inputs[named] == to
    ]
    said = [each for text in texts for each in json.loads(text)["Statement"] if each["Effect"] == "Allow"]
    return [each for each in said if principal in many(each["Principal"].get("Service", ()))]


def key_of(graph: Graph, to: str) -> Node:
    """The key that is delivered to, or that a topic or a bucket is encrypted with."""
    topics = {node.outputs["arn"]: node.inputs["kmsMasterKeyId"] for node in graph.of_type(TOPIC)}
    encrypted = [node for node in graph.of_type(BUCKET_ENCRYPTION) if node.inputs["bucket"] == to]
    field = "rules.0.applyServerSideEncryptionByDefault.kmsMasterKeyId"
    arn = topics.get(to) or next((value_of(node.inputs, field) for node in encrypted), to)
    return next(key for key in graph.of_type(KEY) if key.outputs["arn"] == arn)


def refused(graph: Graph, delivery: Delivery) -> list[str]:
    """The calls of all deliveries of this pair that nothing allows."""
    found: list[str] = []
    for node in graph.of_type(delivery.kind):
        if delivery.to.partition(".")[0] not in node.inputs:  # the trail of data has no log group
            continue
        to = value_of(node.inputs, delivery.to)
        values = {"region": graph.exports["region"], **node.outputs}
        values |= {"to": to, "account": graph.exports["account_id"]}
        input_name = delivery.principal.removeprefix("=")
        is_role = input_name != delivery.principal
        principal = value_of(node.inputs, input_name) if is_role else input_name.format_map(values)
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


@pytest.mark.parametrize("delivery", DELIVERIES, ids=lambda each: f"{each.kind}-{each.to}")
@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_a_delivery_has_what_its_guide_names(graphs: Graphs, stack: str, delivery: Delivery) -> None:
    graph = graphs(stack)
    assert graph.of_type(delivery.kind), "a pair of nobody's"
    assert refused(graph, delivery) == []


def test_a_delivery_whose_grant_is_taken_away_is_found(graphs: Graphs) -> None:
    dev = graphs("dev")
    changed = replace(dev, nodes=deepcopy(dev.nodes))
    policy = changed.one("aws:s3/bucketPolicy:BucketPolicy", "access-logs")
    document = json.loads(policy.inputs["policy"])
    document["Statement"] = [each for each in document["Statement"] if each["Effect"] == "Deny"]
    policy.inputs["policy"] = json.dumps(document)
    (logging,) = (each for each in DELIVERIES if each.to == "targetBucket")
    assert len(refused(changed, logging)) == len(changed.of_type(logging.kind))
