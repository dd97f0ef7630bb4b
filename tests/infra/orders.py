"""What AWS looks at when something is made: pairs of a resource and what must exist by then.

Each with AWS's own words or where they are. Pulumi makes at the same time what doesn't depend on one another,
so a missing edge is a deployment that fails now and then.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

from engine import Graph, Node

Pairs = Iterator[tuple[Node, Node]]

ALIAS = "aws:lambda/alias:Alias"
BUCKET = "aws:s3/bucket:Bucket"
BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
LOG_POLICY = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy"
PERMISSION = "aws:lambda/permission:Permission"
ROLE = "aws:iam/role:Role"
RIGHTS = ("aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment")
TARGET = "aws:cloudwatch/eventTarget:EventTarget"
TOPIC = "aws:sns/topic:Topic"
TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy"
# What keeps a bucket's content from being seen or lost. The policy is here, too: AWS Config, CloudTrail and
# S3's access logs are refused without it (`InsufficientDeliveryPolicy`, `InsufficientS3BucketPolicy`,
# `InvalidTargetBucketForLogging`).
SECURES = (
    BUCKET_POLICY,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
)


def delivers_into(graph: Graph) -> Pairs:
    """Who puts objects into a bucket, and all that secures the bucket."""
    for kind, path in (
        ("aws:s3/bucketLogging:BucketLogging", "targetBucket"),
        ("aws:cfg/deliveryChannel:DeliveryChannel", "s3BucketName"),
        ("aws:cloudtrail/trail:Trail", "s3BucketName"),
        ("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "extendedS3Configuration.bucketArn"),
        ("aws:scheduler/schedule:Schedule", "target.input.S3Bucket"),
        ("aws:s3/bucketObject:BucketObject", "bucket"),
        ("aws:s3/bucketObjectv2:BucketObjectv2", "bucket"),
    ):
        for node in graph.of_type(kind):
            bucket = str(_at(node.inputs, path)).removeprefix("arn:aws:s3:::")
            yield from ((node, each) for each in _about(graph, SECURES, "bucket", bucket))


def publishes(graph: Graph) -> Pairs:
    """Who tells a topic, and the policy that lets it.

    AWS Budgets refuses a topic that it may not publish to (AWS Cost Management User Guide, Creating an Amazon
    SNS topic for budget notifications); the others lose their first alert.
    """
    for topic in graph.of_type(TOPIC):
        (policy,) = _about(graph, (TOPIC_POLICY,), "arn", topic.outputs["arn"])
        for node in graph.nodes.values():
            if node.type.startswith(("aws:cloudwatch/", "aws:budgets/", "aws:backup/")) and _names(
                node.inputs, topic.outputs["arn"]
            ):
                yield node, policy


def writes_logs(graph: Graph) -> Pairs:
    """Who writes to a log group in a service's name, and the resource policy that lets the service.

    AWS WAF, Network Firewall and the VPC's resolver look at once
    (`WAFLogDestinationPermissionIssueException`).
    """
    kinds = ("aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", TARGET)
    for group in graph.of_type(LOG_GROUP):
        arn = group.outputs["arn"]
        policies = [each for each in graph.of_type(LOG_POLICY) if arn in str(each.inputs["policyDocument"])]
        for node in (node for kind in kinds for node in graph.of_type(kind)):
            if _names(node.inputs, arn):
                (policy,) = policies
                yield node, policy
    for kind, policy in (
        ("aws:networkfirewall/loggingConfiguration:LoggingConfiguration", "egress-firewall"),
        ("aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig", "dns-firewall"),
    ):
        yield from ((node, graph.one(LOG_POLICY, policy)) for node in graph.of_type(kind))


def invokes(graph: Graph) -> Pairs:
    """A rule that starts a function, and the function's permission for it."""
    for target in graph.of_type(TARGET):
        for alias in graph.of_type(ALIAS):
            if target.inputs["arn"] == alias.outputs["arn"]:
                rule = next(
                    node
                    for node in graph.of_type("aws:cloudwatch/eventRule:EventRule")
                    if node.inputs["name"] == target.inputs["rule"]
                )
                yield from (
                    (target, permission)
                    for permission in graph.of_type(PERMISSION)
                    if permission.inputs["sourceArn"] == rule.outputs["arn"]
                )


def assumes(graph: Graph) -> Pairs:
    """Who is given a role, and each of the role's rights.

    AWS tries them out (functions in a VPC, event source mappings, subscriptions, flow logs, Firehose), or
    would use the role before it may do anything.
    """
    for role in graph.of_type(ROLE):
        names = (role.inputs["name"], role.outputs["arn"])
        rights = [
            node
            for kind in RIGHTS
            for node in graph.of_type(kind)
            if node.inputs["role"] in (*names, role.id)
        ]
        for node in graph.nodes.values():
            if not node.type.startswith("aws:iam/") and role.outputs["arn"] in _given_roles(node.inputs):
                yield from ((node, right) for right in rights)


def encrypts_with(graph: Graph) -> Pairs:
    """What is encrypted, and its key, whose policy is part of it."""
    for key in graph.of_type("aws:kms/key:Key"):
        for node in graph.nodes.values():
            if node is not key and _names(node.inputs, key.outputs["arn"]):
                yield node, key


def watches(graph: Graph) -> Pairs:
    """A composite alarm, and those that it is made of (CloudWatch refuses a rule with an unknown alarm)."""
    for composite in graph.of_type("aws:cloudwatch/compositeAlarm:CompositeAlarm"):
        for alarm in graph.of_type("aws:cloudwatch/metricAlarm:MetricAlarm"):
            if f"ALARM({alarm.inputs['name']})" in composite.inputs["alarmRule"]:
                yield composite, alarm


def logs_first(graph: Graph) -> Pairs:
    """A function, and the log group that Lambda would otherwise make itself, in the clear and for ever."""
    for function in graph.of_type("aws:lambda/function:Function"):
        name = f"/aws/lambda/{function.inputs['name']}"
        yield from ((function, group) for group in graph.of_type(LOG_GROUP) if group.inputs["name"] == name)


ORDERS: tuple[Callable[[Graph], Pairs], ...] = (
    delivers_into,
    publishes,
    writes_logs,
    invokes,
    assumes,
    encrypts_with,
    watches,
    logs_first,
)


def before(graph: Graph, node: Node) -> set[str]:
    """The URNs of all that is made before a node: what it depends on, its parents, and theirs."""
    found: set[str] = set()
    waiting = [node]
    while waiting:
        current = waiting.pop()
        for urn in (*current.dependencies, current.parent):
            if urn and urn not in found:
                found.add(urn)
                waiting.append(graph.nodes[urn])
    return found


def _about(graph: Graph, kinds: tuple[str, ...], key: str, value: str) -> list[Node]:
    return [node for kind in kinds for node in graph.of_type(kind) if node.inputs[key] == value]


def _at(value: Any, path: str) -> Any:
    for step in path.split("."):
        value = json.loads(value)[step] if isinstance(value, str) else value[step]
    return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


def _names(inputs: Any, arn: str) -> bool:
    """Whether an input is the ARN, alone or in a list; in a policy it may be named before it is there."""
    return arn in _texts(inputs)


def _given_roles(inputs: Any, key: str = "") -> Iterator[str]:
    """The values of inputs that give a role: `role`, `roleArn`, `cloudWatchLogsRoleArn`, …"""
    if isinstance(inputs, dict):
        for name, item in inputs.items():
            yield from _given_roles(item, name)
    elif isinstance(inputs, (list, tuple)):
        for item in inputs:
            yield from _given_roles(item, key)
    elif isinstance(inputs, str) and key.lower().endswith(("role", "rolearn")):
        yield inputs
