"""Who can use which key: those who need it for what they may do, and nobody else."""

import json
from copy import deepcopy
from dataclasses import replace

import pytest

from engine import Graph
from ops.iam.key_policies import granted, key_allows
from ops.iam.key_uses import KEY_USES, Use, uses
from tests.infra.graphs import KEY, ROLE_POLICY, Graphs

DEPLOY = "tollgate-deploy"
# What deploying has services do with keys when it makes what they encrypt, from the services' guides.
MAKING = {
    "aws:dynamodb/table:Table": ("serverSideEncryption", "dynamodb", "CreateGrant Decrypt DescribeKey"),
    "aws:backup/vault:Vault": ("kmsKeyArn", "backup", "CreateGrant Decrypt DescribeKey GenerateDataKey"),
    "aws:secretsmanager/secret:Secret": ("kmsKeyId", "secretsmanager", "Decrypt GenerateDataKey"),
    "aws:lambda/function:Function": ("kmsKeyArn", "lambda", "CreateGrant Decrypt Encrypt"),
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (
        "serverSideEncryption",
        "firehose",
        "CreateGrant",
    ),
}


def readable(graph: Graph, found: set[Use]) -> list[str]:
    keys = {node.outputs["arn"]: node.name for node in graph.of_type(KEY)}
    return sorted(f"{use.role}: {use.operation} on {keys[use.key]} through {use.service}" for use in found)


def test_whoever_needs_a_key_can_use_it(graph: Graph) -> None:
    assert readable(graph, set(uses(graph)) - set(granted(graph))) == []


def test_nobody_can_use_a_key_that_they_dont_need(graph: Graph) -> None:
    assert readable(graph, set(granted(graph)) - set(uses(graph))) == []


def test_every_rule_is_somebodys(graphs: Graphs) -> None:
    prod = graphs("prod")
    needed = {(use.service, use.operation) for use in uses(prod)}
    assert {(rule.service, each) for rule in KEY_USES for each in rule.operations} <= needed


def test_an_export_without_the_tables_key_is_found(graphs: Graphs) -> None:
    prod = graphs("prod")
    changed = replace(prod, nodes=deepcopy(prod.nodes))
    key = changed.one(KEY, "payments")
    policy = json.loads(key.inputs["policy"])
    policy["Statement"] = [each for each in policy["Statement"] if each["Sid"] != "Export"]
    key.inputs["policy"] = json.dumps(policy)
    missing = readable(changed, set(uses(changed)) - set(granted(changed)))
    assert len(missing) == 3
    assert all("tollgate-prod-export: " in line and " on payments " in line for line in missing)


def test_a_new_reader_of_a_table_without_its_key_is_found(graphs: Graphs) -> None:
    prod = graphs("prod")
    changed = replace(prod, nodes=deepcopy(prod.nodes))
    policy = changed.one(ROLE_POLICY, "identity")
    document = json.loads(policy.inputs["policy"])
    vault = prod.one("aws:dynamodb/table:Table", "vault").outputs["arn"]
    document["Statement"].append({"Effect": "Allow", "Action": ["dynamodb:GetItem"], "Resource": vault})
    policy.inputs["policy"] = json.dumps(document)
    assert len(set(uses(changed)) - set(granted(changed))) == 1


@pytest.mark.parametrize("kind", MAKING)
@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_whoever_deploys_can_make_what_is_encrypted(graphs: Graphs, stack: str, kind: str) -> None:
    graph = graphs(stack)
    field, service, operations = MAKING[kind]
    account, region = graph.exports["account_id"], graph.exports["region"]
    keys = {node.outputs["arn"]: node for node in graph.of_type(KEY)}
    for node in graph.of_type(kind):
        named = node.inputs[field]
        arn = named if isinstance(named, str) else named.get("kmsKeyArn") or named["keyArn"]
        where = node.inputs.get("region") or region
        context = {
            "kms:CallerAccount": account,
            "kms:GrantIsForAWSResource": "true",
            "kms:ViaService": f"{service}.{where}.amazonaws.com",
        }
        role = f"arn:aws:iam::{account}:role/{DEPLOY}"
        for operation in operations.split():
            assert key_allows(keys[arn], role, f"kms:{operation}", context), (node.name, operation)
