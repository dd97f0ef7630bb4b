"""The resources that an architecture diagram shows, each in the part of the platform that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from engine import Graph, Node
from ops.graph.parts import part_of

# In the order in which the parts are drawn; every other component is a matter of these.
SHAPES = {
    "aws:wafv2/webAcl:WebAcl": "firewall",
    "aws:apigateway/restApi:RestApi": "API",
    "aws:cloudfront/distribution:Distribution": "distribution",
    "aws:lambda/function:Function": "function",
    "aws:dynamodb/table:Table": "table",
    "aws:sqs/queue:Queue": "queue",
    "aws:sns/topic:Topic": "topic",
    "aws:s3/bucket:Bucket": "bucket",
    "aws:secretsmanager/secret:Secret": "secret",
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": "delivery",
    "aws:backup/vault:Vault": "vault",
    "aws:cloudwatch/eventRule:EventRule": "rule",
    "aws:scheduler/schedule:Schedule": "schedule",
    "aws:cloudtrail/trail:Trail": "trail",
    "aws:guardduty/detector:Detector": "detector",
    "aws:cfg/recorder:Recorder": "recorder",
    "aws:cloudwatch/metricAlarm:MetricAlarm": "alarms",
    "aws:cloudwatch/logGroup:LogGroup": "log groups",
    "aws:ec2/natGateway:NatGateway": "gateways",
    "aws:networkfirewall/firewall:Firewall": "firewall",
}
# So many, and so alike, that one box stands for all of a part.
ALIKE = {"alarms", "gateways", "log groups"}


@dataclass(frozen=True, order=True)
class Box:
    """One resource of the picture. `part`: the name of the component that made it."""

    part: str
    kind: str
    name: str


def boxes(graph: Graph) -> dict[str, Box]:
    """The picture's boxes by URN."""
    return {node.urn: _box(graph, node) for node in graph.nodes.values() if node.type in SHAPES}


def _box(graph: Graph, node: Node) -> Box:
    part, kind = part_of(graph, node).name, SHAPES[node.type]
    if part == "detection" and kind == "rule":
        return Box(part, "rules", "findings")
    return Box(part, kind, "all" if kind in ALIKE else node.name)
