"""The rules of AWS Config: AWS knows each, with its parameters, and none is against our design."""

import json
import re
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from engine import Graph
from infra.detection.config_rules import Fitting, Need, fitted
from infra.detection.excluded_rules import EXCLUDED
from infra.settings.detection import RuleLimits
from tests.infra.graphs import Graphs, key_arns

RULE = "aws:cfg/rule:Rule"


@pytest.fixture(scope="module")
def config() -> Iterator[Any]:
    """AWS Config as moto has it: with AWS's own list of managed rules and their parameters."""
    with mock_aws():
        yield boto3.client("config", region_name="eu-west-1")


def put(config: Any, name: str, identifier: str, parameters: str | None = None) -> None:
    source = {"Owner": "AWS", "SourceIdentifier": identifier}
    rule = {"ConfigRuleName": name, "Source": source}
    config.put_config_rule(ConfigRule=rule | ({"InputParameters": parameters} if parameters else {}))


def identifiers(graph: Graph) -> set[str]:
    return {node.inputs["source"]["sourceIdentifier"] for node in graph.of_type(RULE)}


def parameters(graph: Graph, name: str) -> dict[str, str]:
    return json.loads(graph.one(RULE, name).inputs["inputParameters"])


def test_aws_knows_every_rule_with_its_parameters(graph: Graph, config: Any) -> None:
    rules = graph.of_type(RULE)
    for rule in rules:
        put(
            config,
            rule.inputs["name"],
            rule.inputs["source"]["sourceIdentifier"],
            rule.inputs.get("inputParameters"),
        )
    assert len(rules) >= 65


@pytest.mark.parametrize(
    ("identifier", "given"),
    [
        ("EVERYTHING_IS_FINE", None),
        ("ACCESS_KEYS_ROTATED", None),
        ("ACCESS_KEYS_ROTATED", '{"maxAge": "90"}'),
    ],
)
def test_the_judge_of_rules_refuses_what_aws_would(config: Any, identifier: str, given: str | None) -> None:
    with pytest.raises(ClientError):
        put(config, "wrong", identifier, given)


@pytest.mark.parametrize("identifier", EXCLUDED)
def test_what_is_left_out_exists_and_is_left_out(graph: Graph, config: Any, identifier: str) -> None:
    put(config, identifier, identifier)
    assert identifier not in identifiers(graph)
    assert EXCLUDED[identifier].endswith(".")


def test_a_rule_says_why_it_is_there_and_for_which_requirement(graph: Graph) -> None:
    for rule in graph.of_type(RULE):
        why = rule.inputs["description"]
        assert re.fullmatch(r".+ \(PCI DSS 4\.0\.1: \d+(\.\d+)+(, \d+(\.\d+)+)*\)", why)
        assert len(why) <= 256
        assert rule.inputs["name"] == f"tollgate-{graph.stack}-{rule.name}"


def test_every_part_of_the_platform_has_its_rules(graph: Graph) -> None:
    prefixes = {
        "ACM", "API_GW", "BACKUP", "CLOUDWATCH", "CLOUD_TRAIL", "CMK", "DYNAMODB", "GUARDDUTY", "IAM", "KMS",
        "LAMBDA", "S3", "SECRETSMANAGER", "SECURITYHUB", "SNS", "SQS", "VPC", "WAFV2",
    }  # fmt: skip
    present = identifiers(graph)
    assert not [prefix for prefix in prefixes if not any(one.startswith(prefix) for one in present)]


def test_tables_must_be_under_the_keys_of_their_classes_of_data(graph: Graph) -> None:
    keys = key_arns(graph)
    given = parameters(graph, "dynamodb-table-encrypted-kms")["kmsKeyArns"].split(",")
    assert given == [
        keys[table] for table in ("payments", "vault", "clients", "sessions", "audits", "events", "webhooks")
    ]


@pytest.mark.parametrize(("stack", "days"), [("dev", "30"), ("prod", "400")])
def test_logs_must_be_kept_as_long_as_the_stage_keeps_them(graphs: Graphs, stack: str, days: str) -> None:
    assert parameters(graphs(stack), "cw-loggroup-retention-period-check") == {"MinRetentionTime": days}


def test_a_throw_away_stage_is_not_blamed_for_being_one(graphs: Graphs) -> None:
    assert identifiers(graphs("prod")) - identifiers(graphs("dev")) == {
        "BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED",
        "DYNAMODB_TABLE_DELETION_PROTECTION_ENABLED",
    }
    assert identifiers(graphs("dev")) < identifiers(graphs("prod"))


def test_rules_on_iam_need_its_recording() -> None:
    def names(*meets: Need) -> set[str]:
        rules = fitted(Fitting(RuleLimits(), 400, "", frozenset(meets)))
        return {rule.identifier for rule in rules}

    assert names("durable", "global_resources", "security_hub") - names("durable", "security_hub") == {
        "IAM_CUSTOMER_POLICY_BLOCKED_KMS_ACTIONS",
        "IAM_INLINE_POLICY_BLOCKED_KMS_ACTIONS",
        "IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS",
        "IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS",
        "IAM_USER_NO_POLICIES_CHECK",
    }


def test_rules_wait_for_the_recorder(graph: Graph) -> None:
    (recording,) = graph.of_type("aws:cfg/recorderStatus:RecorderStatus")
    assert all(recording.urn in rule.dependencies for rule in graph.of_type(RULE))
