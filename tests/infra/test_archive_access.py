"""The archive: who writes into it, and who reads it."""

import json
from typing import Any

import pytest

from engine import Graph
from infra import access
from infra.archive import statements as about
from infra.stage import Stage
from tests.infra.graphs import (
    KEY,
    ROLE,
    ROLE_POLICY,
    TABLE,
    Graphs,
    actions,
    archive_of,
    key_arns,
    policy_of,
    statements,
)
from tests.infra.iam import USING_A_KEY, findings

BUCKET_POLICY = "aws:s3/bucketPolicy:BucketPolicy"
GLUE_TABLE = "aws:glue/catalogTable:CatalogTable"
ROLES = ("log-delivery", "log-subscription", "export", "investigator")
STAGE = Stage("dev", "222222222222", "eu-west-1")


def role_arns(graph: Graph, *names: str) -> list[str]:
    return sorted(graph.one(ROLE, name).outputs["arn"] for name in names)


def by_sid(document: str) -> dict[str, dict[str, Any]]:
    return {statement["Sid"]: statement for statement in statements(document)}


def test_only_delivery_and_export_write_and_only_the_investigator_reads(graph: Graph) -> None:
    policy = by_sid(graph.one(BUCKET_POLICY, "archive").inputs["policy"])
    for sid, denied, roles in (
        ("OtherWriters", ["s3:PutObject"], ("export", "log-delivery")),
        ("OtherReaders", ["s3:GetObject", "s3:GetObjectVersion"], ("investigator",)),
    ):
        refused = policy[sid]
        assert (refused["Effect"], refused["Principal"]) == ("Deny", {"AWS": "*"})
        assert refused["Action"] == denied
        assert refused["Resource"] == f"arn:aws:s3:::{archive_of(graph)}/*"
        assert refused["Condition"] == {"ArnNotEquals": {"aws:PrincipalArn": role_arns(graph, *roles)}}


def test_the_archives_key_says_the_same(graph: Graph) -> None:
    policy = by_sid(graph.one(KEY, "archive").inputs["policy"])
    archive = f"arn:aws:s3:::{archive_of(graph)}"
    results = f"arn:aws:s3:::tollgate-{graph.stack}-query-results-{graph.exports['account_id']}"
    for sid, roles, bucket in (
        ("Storing", ("export", "log-delivery"), archive),
        ("Reading", ("investigator",), archive),
        ("Results", ("investigator",), results),
    ):
        statement = policy[sid]
        assert statement["Principal"]["AWS"] == role_arns(graph, *roles)
        assert statement["Condition"]["StringLike"] == {
            "kms:EncryptionContext:aws:s3:arn": [bucket, f"{bucket}/*"]
        }
        via = statement["Condition"]["StringEquals"]["kms:ViaService"]
        assert via == f"s3.{graph.exports['region']}.amazonaws.com"
    assert actions(policy["Reading"]) == ["kms:Decrypt"]
    # CloudFront's log of the card fields is written by a service that takes no role.
    assert ("LogDelivery" in policy) == bool(graph.of_type("aws:cloudfront/distribution:Distribution"))
    if delivery := policy.pop("LogDelivery", None):
        assert delivery["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
        assert delivery["Condition"]["StringEquals"] == {"aws:SourceAccount": graph.exports["account_id"]}
    # Those who deploy let Firehose use the key, and can't use it themselves.
    others = {sid for sid in policy if sid not in {"Storing", "Reading", "Results"}}
    assert others == {"Administration", "Delegation"}
    assert not [action for action in actions(policy["Administration"]) if USING_A_KEY.match(action)]


@pytest.mark.parametrize(("stack", "investigator"), [("dev", "tollgate-audit"), ("prod", "tollgate-audit")])
def test_the_named_investigators_take_the_role_that_reads(
    graphs: Graphs, stack: str, investigator: str
) -> None:
    graph = graphs(stack)
    (trusted,) = statements(graph.one(ROLE, "investigator").inputs["assumeRolePolicy"])
    account = graph.exports["account_id"]
    assert trusted["Principal"] == {"AWS": [f"arn:aws:iam::{account}:role/{investigator}"]}


def test_the_investigator_reads_and_changes_nothing_but_results(graph: Graph) -> None:
    results = f"arn:aws:s3:::tollgate-{graph.stack}-query-results-{graph.exports['account_id']}/*"
    for statement in policy_of(graph, "investigator"):
        writing = [action for action in actions(statement) if action.startswith(("s3:Put", "s3:Delete"))]
        assert not writing or statement["Resource"] == results
        assert not [action for action in actions(statement) if action.startswith("dynamodb:")]


def test_a_service_takes_its_role_for_this_account_only(graph: Graph) -> None:
    for name, service, proof in (
        ("log-delivery", "firehose", "sts:ExternalId"),
        ("log-subscription", "logs", "aws:SourceAccount"),
        ("export", "scheduler", "aws:SourceAccount"),
    ):
        (trusted,) = statements(graph.one(ROLE, name).inputs["assumeRolePolicy"])
        assert trusted["Principal"] == {"Service": f"{service}.amazonaws.com"}
        assert trusted["Condition"] == {"StringEquals": {proof: graph.exports["account_id"]}}


@pytest.mark.parametrize("role", ROLES)
def test_a_roles_policy_is_clean_and_without_wildcards(graph: Graph, role: str) -> None:
    for statement in policy_of(graph, role):
        if statement == about.look_around():
            continue  # AWS knows no resource for these
        assert findings(statement) == set()
        assert not [action for action in actions(statement) if "*" in action]
        resources = statement["Resource"]
        for resource in [resources] if isinstance(resources, str) else resources:
            assert "*" not in resource[:-1]
            assert resource.rstrip("*").endswith("/") or not resource.endswith("*")


@pytest.mark.parametrize(
    "statement",
    [
        about.refuse_other_writers(STAGE.bucket("archive"), ["arn:aws:iam::222222222222:role/a"]),
        about.refuse_other_readers(STAGE.bucket("archive"), ["arn:aws:iam::222222222222:role/a"]),
    ],
    ids=lambda statement: statement["Sid"],
)
def test_a_refusal_names_existing_actions_and_conditions(statement: dict[str, Any]) -> None:
    assert findings(statement) == set()


def test_the_export_may_export_two_tables_and_read_none(graph: Graph) -> None:
    allowed = policy_of(graph, "export")
    exporting = {
        statement["Resource"] for statement in allowed if actions(statement)[0].startswith("dynamodb:")
    }
    assert exporting == {graph.one(TABLE, name).outputs["arn"] for name in ("payments", "audits")}
    named = {action for statement in allowed for action in actions(statement)}
    assert {action for action in named if action.startswith("dynamodb:")} == {
        "dynamodb:ExportTableToPointInTime"
    }
    assert "s3:GetObject" not in named


def test_the_vault_is_never_exported_nor_known_to_the_catalog(graph: Graph) -> None:
    vault, key = graph.one(TABLE, "vault"), key_arns(graph)["vault"]
    assert "vault" not in access.EXPORTED
    for role in ROLES:
        text = graph.one(ROLE_POLICY, role).inputs["policy"]
        assert vault.outputs["arn"] not in text
        assert key not in text
    for node in graph.of_type(GLUE_TABLE):
        assert vault.inputs["name"] not in json.dumps(node.inputs)
