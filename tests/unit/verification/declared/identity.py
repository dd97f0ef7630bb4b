"""What an account as declared says of its identity."""

from typing import Any
from urllib.parse import quote

from engine import Graph
from tests.unit.verification.declared.answering import ACCOUNT, RECENTLY, Inputs, all_of, one, to


@to("iam:GetRole")
def role(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "iam/role:Role", name=asked["RoleName"])
    live = {
        "Path": "/",
        "RoleName": declared["name"],
        "RoleId": "AROA0123456789ABCDEF",
        "Arn": f"arn:aws:iam::{ACCOUNT}:role/{declared['name']}",
        "CreateDate": RECENTLY,
        "AssumeRolePolicyDocument": quote(declared["assumeRolePolicy"]),
        "PermissionsBoundary": {"PermissionsBoundaryArn": declared["permissionsBoundary"]},
    }
    return {"Role": live}


@to("iam:ListRolePolicies")
def role_policies(graph: Graph, asked: Inputs) -> dict[str, Any]:
    policies = all_of(graph, "iam/rolePolicy:RolePolicy")
    return {"PolicyNames": [each["name"] for each in policies if each["role"] == asked["RoleName"]]}


@to("iam:ListAttachedRolePolicies")
def attached(graph: Graph, asked: Inputs) -> dict[str, Any]:
    attachments = all_of(graph, "iam/rolePolicyAttachment:RolePolicyAttachment")
    arns = [each["policyArn"] for each in attachments if each["role"] == asked["RoleName"]]
    return {"AttachedPolicies": [{"PolicyArn": arn} for arn in arns]}
