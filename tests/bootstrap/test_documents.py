"""The form of the account's policies."""

import json
import warnings
from typing import Any

import pytest

from engine import Graph, Node
from tests.bootstrap.rights import ATTACHMENT, POLICY
from tests.infra.graphs import ROLE

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # parliament imports pkg_resources
    import parliament

# From IAM's quotas: characters without white space, managed policies to a role.
LONGEST = 6144
MOST = 10
# What parliament has against statements that are right, with the reason.
PARDONED = {
    "iam": {"MISMATCHED_TYPE_BUT_USABLE"},  # AWS's documentation compares boundaries as strings
    "athena": {"RESOURCE_MISMATCH"},  # it believes that only data catalogs and capacity have tags
    "network-firewall": {"RESOURCE_MISMATCH"},  # it wants both kinds of rule groups, where AWS takes one
    # What these statements would escalate to, reading data, the guard refuses.
    "s3": {"RESOURCE_POLICY_PRIVILEGE_ESCALATION"},
}


def findings(statement: dict[str, Any]) -> set[str]:
    document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    return {finding.issue for finding in parliament.analyze_policy_string(document).findings}


def allowing(node: Node) -> list[dict[str, Any]]:
    return [each for each in json.loads(node.inputs["policy"])["Statement"] if each["Effect"] == "Allow"]


def test_every_policy_is_short_enough_for_iam(account: Graph) -> None:
    lengths = {node.name: len("".join(node.inputs["policy"].split())) for node in account.of_type(POLICY)}
    assert not {name: length for name, length in lengths.items() if length > LONGEST}


def test_no_role_has_more_policies_than_iam_takes(account: Graph) -> None:
    for role in account.of_type(ROLE):
        attached = [
            node for node in account.of_type(ATTACHMENT) if node.inputs["role"] == role.inputs["name"]
        ]
        assert 0 < len(attached) <= MOST


def test_every_statement_names_existing_actions_on_fitting_resources(account: Graph) -> None:
    for node in account.of_type(POLICY):
        for statement in json.loads(node.inputs["policy"])["Statement"]:
            listed = statement.get("Action") or statement["NotAction"]
            service = listed[0].partition(":")[0]
            # Reading how things are set up is on all resources.
            assert findings(statement) - {"RESOURCE_STAR"} <= PARDONED.get(service, set()), statement


def test_nothing_is_allowed_by_a_wildcard_or_by_exclusion(account: Graph) -> None:
    for node in account.of_type(POLICY):
        for statement in allowing(node):
            assert {"NotAction", "NotResource"}.isdisjoint(statement)
            assert not [action for action in statement["Action"] if "*" in action]


@pytest.mark.parametrize(
    "role", ["tollgate-deploy", "tollgate-preview", "tollgate-operator", "tollgate-audit"]
)
def test_a_role_has_no_rights_beside_those_of_the_program(account: Graph, role: str) -> None:
    attached = [node for node in account.of_type(ATTACHMENT) if node.inputs["role"] == role]
    managed = account.one("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive", role)
    inline = account.one("aws:iam/rolePoliciesExclusive:RolePoliciesExclusive", role)
    assert managed.inputs["roleName"] == inline.inputs["roleName"] == role
    assert sorted(managed.inputs["policyArns"]) == sorted(node.inputs["policyArn"] for node in attached)
    assert inline.inputs["policyNames"] == []
