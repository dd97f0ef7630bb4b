"""Who the platform's parts are, and that nobody has given them more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ops.verification.account import Account
from ops.verification.check import check, differ
from ops.verification.documents import same
from ops.verification.remedies import DEPLOY

if TYPE_CHECKING:
    from engine import Node

ROLE = "aws:iam/role:Role"


@check(
    ROLE,
    "iam:GetRole",
    shows="Every role is within its boundary, and is taken by whom the program names",
    remedy="docs/runbook/bootstrap-an-account.md makes the boundaries. " + DEPLOY,
)
def roles(account: Account, node: Node) -> Iterator[str]:
    live = account.ask("iam", "GetRole", RoleName=node.inputs["name"])["Role"]
    boundary = live.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
    yield from differ("its boundary", boundary, node.inputs["permissionsBoundary"])
    if not same(live["AssumeRolePolicyDocument"], node.inputs["assumeRolePolicy"]):
        yield "who takes it isn't as the program says"


@check(
    ROLE,
    "iam:ListRolePolicies",
    "iam:ListAttachedRolePolicies",
    shows="No role has a policy that the program doesn't give it",
    remedy="`pulumi up` takes strange policies off. Ask who added them: CloudTrail names them.",
)
def policies(account: Account, node: Node) -> Iterator[str]:
    name = node.inputs["name"]
    own = set(account.every("iam", "ListRolePolicies", "PolicyNames", RoleName=name))
    declared = account.graph.of_type("aws:iam/rolePolicy:RolePolicy")
    yield from differ("its policies", own, {p.inputs["name"] for p in declared if p.inputs["role"] == name})
    listed = account.every("iam", "ListAttachedRolePolicies", "AttachedPolicies", RoleName=name)
    attached = {policy["PolicyArn"] for policy in listed}
    attachments = account.graph.of_type("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
    expected = {a.inputs["policyArn"] for a in attachments if a.inputs["role"] == name}
    yield from differ("its attached policies", attached, expected)


CHECKS = (roles, policies)
