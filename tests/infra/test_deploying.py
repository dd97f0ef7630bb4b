"""The role that deploys (bootstrap/) may make what the stage's program declares."""

from typing import Any

import pytest

from bootstrap.policies import deploying
from infra.stage import Stage
from local.engine import Graph, Node
from ops.iam.evaluation import allowed
from tests.infra.graphs import ROLE, Graphs, actions, statements

# IAM's prefix of a resource's service, where it isn't Pulumi's own word for it.
PREFIXES = {
    "accessanalyzer": "access-analyzer",
    "appautoscaling": "application-autoscaling",
    "cfg": "config",
    "costexplorer": "ce",
    "kinesis": "firehose",
    "networkfirewall": "network-firewall",
    "vpc": "ec2",
}
# Where one of Pulumi's modules stands for several services.
TYPES = {
    "aws:cloudwatch/eventPermission:EventPermission": "events",
    "aws:cloudwatch/eventRule:EventRule": "events",
    "aws:cloudwatch/eventTarget:EventTarget": "events",
    "aws:cloudwatch/logGroup:LogGroup": "logs",
    "aws:cloudwatch/logMetricFilter:LogMetricFilter": "logs",
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": "logs",
    "aws:cloudwatch/logStream:LogStream": "logs",
    "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": "logs",
    "aws:cloudwatch/queryDefinition:QueryDefinition": "logs",
}
# Resources with names of the stage's own: the call that makes one, and its ARN's resource part.
MAKING = {
    "aws:cloudwatch/eventRule:EventRule": ("events:PutRule", "rule/{name}"),
    "aws:cloudwatch/logGroup:LogGroup": ("logs:CreateLogGroup", "log-group:{name}"),
    "aws:cloudwatch/metricAlarm:MetricAlarm": ("cloudwatch:PutMetricAlarm", "alarm:{name}"),
    "aws:dynamodb/table:Table": ("dynamodb:CreateTable", "table/{name}"),
    "aws:kms/alias:Alias": ("kms:CreateAlias", "{name}"),
    "aws:lambda/function:Function": ("lambda:CreateFunction", "function:{name}"),
    "aws:secretsmanager/secret:Secret": ("secretsmanager:CreateSecret", "secret:{name}-abcdef"),
    "aws:sns/topic:Topic": ("sns:CreateTopic", "{name}"),
    "aws:sqs/queue:Queue": ("sqs:CreateQueue", "{name}"),
}


@pytest.fixture(params=["dev", "prod"])
def deployed(request: pytest.FixtureRequest, graphs: Graphs) -> Graph:
    """The graphs of the stages that live in AWS."""
    return graphs(request.param)


def stage_of(graph: Graph) -> Stage:
    return Stage(graph.stack, graph.exports["account_id"], graph.exports["region"])


def rights(graph: Graph) -> list[dict[str, Any]]:
    stage = stage_of(graph)
    documents = deploying(stage, f"arn:aws:s3:::{stage.bucket('state')}")
    return [each for text in documents.values() for each in statements(text)]


def service(node: Node) -> str:
    module = node.type.split(":")[1].partition("/")[0]
    return TYPES.get(node.type) or PREFIXES.get(module, module)


def test_deploying_has_rights_in_every_service_of_the_program(deployed: Graph) -> None:
    granted = {action.partition(":")[0] for each in rights(deployed) for action in actions(each)}
    used = {service(node) for node in deployed.nodes.values() if node.type.startswith("aws:")}
    assert used - granted == set()


def test_deploying_may_make_each_named_resource(deployed: Graph) -> None:
    stage, given = stage_of(deployed), rights(deployed)
    for kind, (action, pattern) in MAKING.items():
        for node in deployed.of_type(kind):
            name = node.outputs["name"]
            resource = stage.arn(action.partition(":")[0], pattern.format(name=name))
            assert allowed(given, action, resource), resource


def test_deploying_may_make_each_bucket_and_each_role(deployed: Graph) -> None:
    given, account = rights(deployed), deployed.exports["account_id"]
    for node in deployed.of_type("aws:s3/bucket:Bucket"):
        assert allowed(given, "s3:CreateBucket", f"arn:aws:s3:::{node.inputs['bucket']}")
    for node in deployed.of_type(ROLE):
        role = f"arn:aws:iam::{account}:role/{node.inputs['name']}"
        bound = {"iam:PermissionsBoundary": node.inputs["permissionsBoundary"]}
        assert allowed(given, "iam:CreateRole", role, bound), role
