"""What is written down of every connection."""

from engine import Graph
from tests.infra.graphs import LOG_GROUP, ROLE, ROLE_POLICY, key_arns, statements
from tests.infra.iam import findings
from tests.infra.network.ways import VPC

FLOW_LOG = "aws:ec2/flowLog:FlowLog"


def test_every_connection_is_logged_accepted_or_not(graph: Graph) -> None:
    (log,) = graph.of_type(FLOW_LOG)
    assert log.inputs["vpcId"] == graph.of_type(VPC)[0].id
    assert log.inputs["trafficType"] == "ALL"
    assert log.inputs["logDestination"] == graph.one(LOG_GROUP, "flow-logs").outputs["arn"]
    assert log.inputs["iamRoleArn"] == graph.one(ROLE, "flow-logs").outputs["arn"]
    assert graph.one(ROLE_POLICY, "flow-logs").urn in log.dependencies


def test_the_log_is_encrypted(graph: Graph) -> None:
    assert graph.one(LOG_GROUP, "flow-logs").inputs["kmsKeyId"] == key_arns(graph)["logs"]


def test_only_flow_logs_of_this_account_and_region_take_the_role(graph: Graph) -> None:
    (statement,) = statements(graph.one(ROLE, "flow-logs").inputs["assumeRolePolicy"])
    account = graph.exports["account_id"]
    assert statement["Principal"] == {"Service": "vpc-flow-logs.amazonaws.com"}
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": account},
        "ArnLike": {"aws:SourceArn": f"arn:aws:ec2:{graph.exports['region']}:{account}:vpc-flow-log/*"},
    }


def test_the_role_writes_this_log_and_no_other(graph: Graph) -> None:
    (statement,) = statements(graph.one(ROLE_POLICY, "flow-logs").inputs["policy"])
    assert statement["Resource"] == f"{graph.one(LOG_GROUP, 'flow-logs').outputs['arn']}:*"
    assert statement["Action"] == [
        "logs:CreateLogStream",
        "logs:DescribeLogStreams",
        "logs:PutLogEvents",
    ]
    assert findings(statement) == set()
