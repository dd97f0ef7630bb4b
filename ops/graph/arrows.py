"""What reaches what, read from the resources that make it so: permissions, mappings, targets and policies.

An arrow that no resource of the stack stands for can't get into the picture.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine import Graph, Node
from ops.graph.directory import Directory

READING = {
    "BatchGetItem",
    "GetItem",
    "GetObject",
    "GetRecords",
    "GetSecretValue",
    "Query",
    "ReceiveMessage",
    "Scan",
}


Reader = Callable[[Graph, Directory, Node], "Iterator[Arrow]"]


@dataclass(frozen=True, order=True)
class Arrow:
    """From one resource's URN to another's: money, data or a call goes that way."""

    source: str
    target: str
    label: str = ""


def arrows(graph: Graph) -> set[Arrow]:
    """All arrows between resources of the stack."""
    directory = Directory(graph)
    return {
        arrow
        for node in graph.nodes.values()
        for arrow in _READERS.get(node.type, _nothing)(graph, directory, node)
        if arrow.source != arrow.target
    }


def _nothing(_graph: Graph, _directory: Directory, _node: Node) -> Iterator[Arrow]:
    return iter(())


def _granted(graph: Graph, directory: Directory, node: Node) -> Iterator[Arrow]:
    """A role's policy: from the functions with that role to what they may reach."""
    functions = [
        function.urn
        for function in graph.of_type("aws:lambda/function:Function")
        if function.inputs["role"].endswith(f"/{node.inputs['role']}")
    ]
    for statement in json.loads(node.inputs["policy"])["Statement"]:
        targets = {urn for each in _listed(statement["Resource"]) if (urn := directory.find(each))}
        if statement["Effect"] == "Allow":
            yield from (
                Arrow(function, target, _verb(statement)) for function in functions for target in targets
            )


def _verb(statement: Mapping[str, Any]) -> str:
    operations = {action.partition(":")[2] for action in _listed(statement["Action"])}
    if operations <= READING:
        return "reads"
    return "reads, writes" if operations & READING else "writes"


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _joining(source: str, target: str, label: str) -> Reader:
    """The resource joins two others, which these inputs of it name."""

    def read(_graph: Graph, directory: Directory, node: Node) -> Iterator[Arrow]:
        for begin in directory.named_by(node, source):
            yield from (Arrow(begin, end, label) for end in directory.named_by(node, target))

    return read


def _reaching(target: str, label: str) -> Reader:
    """The resource itself reaches what this input of it names."""

    def read(_graph: Graph, directory: Directory, node: Node) -> Iterator[Arrow]:
        yield from (Arrow(node.urn, end, label) for end in directory.named_by(node, target))

    return read


def _backed_up(graph: Graph, directory: Directory, node: Node) -> Iterator[Arrow]:
    """A selection: from what it names to the vaults that its plan fills."""
    for plan in directory.named_by(node, "planId"):
        for vault in graph.nodes[plan].property_dependencies.get("rules", ()):
            yield from (
                Arrow(table, vault, "is backed up") for table in directory.named_by(node, "resources")
            )


def _exported(graph: Graph, directory: Directory, node: Node) -> Iterator[Arrow]:
    """A schedule of exports: from the table that its call names to the bucket that it names."""
    call = json.loads(node.inputs["target"]["input"])
    table, bucket = directory.find(call["TableArn"]), directory.find(call["S3Bucket"])
    if table and bucket:
        yield Arrow(table, bucket, "is exported")


def _handed_out(graph: Graph, directory: Directory, node: Node) -> Iterator[Arrow]:
    """A distribution: from its firewall, and to the buckets whose files it hands out."""
    yield from (Arrow(acl, node.urn, "guards") for acl in directory.named_by(node, "webAclId"))
    hosts = {origin["domainName"].partition(".s3.")[0] for origin in node.inputs["origins"]}
    for bucket in graph.of_type("aws:s3/bucket:Bucket"):
        if bucket.inputs["bucket"] in hosts:
            yield Arrow(node.urn, bucket.urn, "reads")


_READERS: Mapping[str, Reader] = {
    "aws:backup/selection:Selection": _backed_up,
    "aws:cfg/deliveryChannel:DeliveryChannel": _reaching("s3BucketName", "delivers"),
    "aws:cloudfront/distribution:Distribution": _handed_out,
    "aws:cloudtrail/trail:Trail": _reaching("s3BucketName", "delivers"),
    "aws:cloudwatch/eventTarget:EventTarget": _joining("rule", "arn", "sends"),
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": _joining(
        "logGroup", "destinationArn", "are delivered"
    ),
    "aws:cloudwatch/metricAlarm:MetricAlarm": _reaching("alarmActions", "tell"),
    "aws:iam/rolePolicy:RolePolicy": _granted,
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": _reaching(
        "extendedS3Configuration.bucketArn", "delivers"
    ),
    "aws:lambda/eventSourceMapping:EventSourceMapping": _joining("eventSourceArn", "functionName", "invokes"),
    "aws:lambda/permission:Permission": _joining("sourceArn", "function", "invokes"),
    "aws:scheduler/schedule:Schedule": _exported,
    "aws:wafv2/webAclAssociation:WebAclAssociation": _joining("webAclArn", "resourceArn", "guards"),
}
