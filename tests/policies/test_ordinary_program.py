"""`tollgate policy check` on a program as people write them: much is left to Pulumi, and AWS is asked."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engine import Graph
from ops.command import app
from ops.graph import stack_graph

PROGRAM = """
import pulumi
import pulumi_aws as aws

zones = aws.get_availability_zones(state="available")
vpc = aws.ec2.get_vpc(default=True)
for number, zone in enumerate(zones.names[:2]):
    block = f"10.0.{number}.0/24"
    aws.ec2.Subnet(f"inside-{number}", vpc_id=vpc.id, cidr_block=block, availability_zone=zone)
account = aws.get_caller_identity().account_id
uploads = aws.s3.Bucket("uploads")
everything = aws.iam.get_policy_document_output(
    statements=[{"actions": ["s3:*"], "resources": ["*"], "conditions": [
        {"test": "StringEquals", "variable": "aws:SourceAccount", "values": [account]},
    ]}]
)
trust = aws.iam.get_policy_document(
    statements=[{"actions": ["sts:AssumeRole"],
                 "principals": [{"type": "Service", "identifiers": ["lambda.amazonaws.com"]}]}]
)
role = aws.iam.Role("worker", assume_role_policy=trust.json)
aws.iam.RolePolicy("worker", role=role.id, policy=everything.json)
pulumi.export("uploads", uploads.arn)
pulumi.export("described", vpc.enable_dns_support)
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  aws:region: eu-central-1\n")
    (tmp_path / "__main__.py").write_text(PROGRAM)
    return tmp_path


@pytest.fixture
def graph(program: Path) -> Graph:
    return stack_graph("dev", program)


def test_the_default_provider_is_of_the_stacks_region(graph: Graph) -> None:
    (provider,) = graph.of_type("pulumi:providers:aws")
    assert provider.inputs == {"region": "eu-central-1"}
    assert all(
        node.provider.startswith(provider.urn) for node in graph.nodes.values() if node.type[:4] == "aws:"
    )


def test_what_has_no_name_gets_one(graph: Graph) -> None:
    bucket = graph.one("aws:s3/bucket:Bucket", "uploads")
    assert bucket.outputs["bucket"].startswith("uploads-")
    assert graph.exports["uploads"] == f"arn:aws:s3:::{bucket.outputs['bucket']}"


def test_a_data_source_answers_with_the_right_types_and_guesses_nothing(
    graph: Graph,
) -> None:
    subnets = graph.of_type("aws:ec2/subnet:Subnet")
    assert {each.inputs["availabilityZone"] for each in subnets} == {"eu-central-1a", "eu-central-1b"}
    assert all(each.inputs["vpcId"].startswith("vpc-") for each in subnets)
    assert "described" not in graph.exports


def test_a_policy_document_is_what_its_statements_say(graph: Graph) -> None:
    role = graph.one("aws:iam/role:Role", "worker")
    (trusted,) = json.loads(role.inputs["assumeRolePolicy"])["Statement"]
    assert trusted == {
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"Service": "lambda.amazonaws.com"},
    }
    (granted,) = json.loads(graph.one("aws:iam/rolePolicy:RolePolicy", "worker").inputs["policy"])[
        "Statement"
    ]
    assert granted["Condition"]["StringEquals"].keys() == {"aws:SourceAccount"}


def test_without_a_region_it_says_where_to_set_one(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name, raising=False)
    (program / "Pulumi.dev.yaml").write_text("config: {}\n")
    result = CliRunner().invoke(app, ["policy", "check", "--root", str(program), "--stack", "dev"])
    assert result.exit_code == 1
    assert "Set `aws:region`" in result.output


def test_the_policies_see_what_it_would_make_and_where_they_are_set_is_told(
    program: Path, tmp_path: Path
) -> None:
    (program / "Pulumi.dev.yaml").write_text("config:\n  aws:region: us-east-1\n")
    out = tmp_path / "found.sarif"
    options = ["--root", str(program), "--stack", "dev", "--format", "sarif", "--out", str(out)]
    result = CliRunner().invoke(app, ["policy", "check", *options])
    assert result.exit_code == 1
    found = {each["ruleId"] for each in json.loads(out.read_text())["runs"][0]["results"]}
    assert {"iam-no-wildcard-action", "iam-no-wildcard-resource", "provider-names-its-account"} <= found
    assert "region-is-allowed" in found
    assert "policies/config/other-programs.json" in result.output
