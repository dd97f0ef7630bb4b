"""No role of the stage can be allowed more than its boundary: what it is granted must lie within."""

import json

import pytest

from bootstrap import boundaries
from engine import Graph
from infra.boundary import functions_boundary, services_boundary
from infra.stage import Stage
from infra.statements import document
from ops.iam.evaluation import allowed
from tests.infra.graphs import FUNCTIONS, ROLE, ROLE_POLICY, actions, policy_of, statements

ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
INLINE_ONLY = "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive"
ATTACHED_ONLY = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"


def stage_of(graph: Graph) -> Stage:
    return Stage(graph.stack, graph.exports["account_id"], graph.exports["region"])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_all_that_a_function_is_granted_lies_within_its_boundary(graph: Graph, function: str) -> None:
    stage = stage_of(graph)
    boundary = statements(document(boundaries.functions(stage)))
    for statement in policy_of(graph, function):
        if statement["Effect"] == "Deny":
            continue
        resources = statement["Resource"]
        for action in actions(statement):
            for resource in [resources] if isinstance(resources, str) else resources:
                region = {"aws:RequestedRegion": stage.region}
                assert allowed(boundary, action, resource, region), (action, resource)


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("dynamodb:DeleteTable", "arn:aws:dynamodb:eu-west-1:222222222222:table/tollgate-dev-payments"),
        ("dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:222222222222:table/other"),
        ("dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1:999999999999:table/tollgate-dev-payments"),
        ("iam:CreateUser", "arn:aws:iam::222222222222:user/x"),
        ("kms:ScheduleKeyDeletion", "arn:aws:kms:eu-west-1:222222222222:key/x"),
        ("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:222222222222:function:tollgate-dev-payments"),
        ("organizations:LeaveOrganization", "*"),
        ("s3:GetObject", "arn:aws:s3:::tollgate-dev-archive-222222222222/x"),
        ("sts:AssumeRole", "arn:aws:iam::222222222222:role/tollgate-deploy"),
    ],
)
def test_a_function_can_be_allowed_nothing_else(action: str, resource: str) -> None:
    boundary = statements(document(boundaries.functions(Stage("dev", "222222222222", "eu-west-1"))))
    assert not allowed(boundary, action, resource, {"aws:RequestedRegion": "eu-west-1"})


def test_a_function_works_in_the_stages_region_only() -> None:
    boundary = statements(document(boundaries.functions(Stage("dev", "222222222222", "eu-west-1"))))
    key = "arn:aws:kms:eu-west-1:222222222222:key/x"
    assert allowed(boundary, "kms:Decrypt", key, {"aws:RequestedRegion": "eu-west-1"})
    assert not allowed(boundary, "kms:Decrypt", key, {"aws:RequestedRegion": "us-east-1"})


def test_services_can_not_reach_the_accounts_own_affairs() -> None:
    boundary = statements(document(boundaries.services(Stage("dev", "222222222222", "eu-west-1"))))
    for action in ("iam:CreateUser", "kms:PutKeyPolicy", "dynamodb:DeleteTable", "dynamodb:GetItem"):
        assert not allowed(boundary, action, "*")


def test_all_that_a_services_role_is_granted_lies_within_its_boundary(graph: Graph) -> None:
    boundary = statements(document(boundaries.services(stage_of(graph))))
    roles = {node.inputs["name"] for node in graph.of_type(ROLE) if node.name not in FUNCTIONS}
    for policy in graph.of_type(ROLE_POLICY):
        if policy.inputs["role"] not in roles:
            continue
        for statement in json.loads(policy.inputs["policy"])["Statement"]:
            resources = statement["Resource"]
            for action in actions(statement):
                for resource in [resources] if isinstance(resources, str) else resources:
                    assert allowed(boundary, action, resource), (policy.name, action, resource)


def test_every_role_has_its_boundary(graph: Graph) -> None:
    stage = stage_of(graph)
    for role in graph.of_type(ROLE):
        expected = functions_boundary(stage) if role.name in FUNCTIONS else services_boundary(stage)
        assert role.inputs.get("permissionsBoundary") == expected, role.name


def test_a_policy_that_is_added_to_a_role_by_hand_is_drift(graph: Graph) -> None:
    for role in graph.of_type(ROLE):
        name = role.inputs["name"]
        (inline,) = (node for node in graph.of_type(INLINE_ONLY) if node.inputs["roleName"] == name)
        (attached,) = (node for node in graph.of_type(ATTACHED_ONLY) if node.inputs["roleName"] == name)
        own = [node.inputs["name"] for node in graph.of_type(ROLE_POLICY) if node.inputs["role"] == name]
        managed = [
            node.inputs["policyArn"] for node in graph.of_type(ATTACHMENT) if node.inputs["role"] == name
        ]
        assert (inline.inputs["policyNames"], attached.inputs["policyArns"]) == (own, managed)
