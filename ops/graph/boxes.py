"""The resources that an architecture diagram shows, each in the part of the platform that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from local.engine import Graph
from ops.graph.parts import part_of

# In the order in which the parts are drawn; every other component is a matter of these.
SHAPES = {
    "aws:wafv2/webAcl:WebAcl": "firewall",
    "aws:apigateway/restApi:RestApi": "API",
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
}


@dataclass(frozen=True, order=True)
class Box:
    """One resource of the picture. `part`: the name of the component that made it."""

    part: str
    kind: str
    name: str


def boxes(graph: Graph) -> dict[str, Box]:
    """The picture's boxes by URN."""
    return {
        node.urn: Box(part_of(graph, node).name, SHAPES[node.type], node.name)
        for node in graph.nodes.values()
        if node.type in SHAPES
    }
