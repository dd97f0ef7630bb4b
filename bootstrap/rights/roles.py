"""The stage's roles: made only within their boundary, and handed only to the services that need one."""

from infra.boundary import functions_boundary, services_boundary
from infra.stage import Stage
from infra.statements import Statement, allow

READS = (
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:ListAttachedRolePolicies",
    "iam:ListInstanceProfilesForRole",
    "iam:ListRolePolicies",
    "iam:ListRoleTags",
)
# Services that the stage hands a role to.
PASSED_TO = (
    "apigateway",
    "backup",
    "cloudtrail",
    "config",
    "events",
    "firehose",
    "lambda",
    "logs",
    "scheduler",
    "vpc-flow-logs",
)
# Services that make a role of their own, once to an account, when they are first used.
LINKED = (
    "access-analyzer",
    "backup",
    "config",
    "delivery.logs",
    "dynamodb.application-autoscaling",
    "guardduty",
    "lambda.application-autoscaling",
    "network-firewall",
    "ops.apigateway",
    "securityhub",
    "wafv2",
)


def roles(stage: Stage) -> list[Statement]:
    """Making, filling, tagging and removing the stage's roles. One without its boundary can't be filled."""
    own = f"arn:aws:iam::{stage.account_id}:role/{stage.physical('*')}"
    within = {
        "StringEquals": {"iam:PermissionsBoundary": [functions_boundary(stage), services_boundary(stage)]}
    }
    return [
        allow(
            [
                "iam:AttachRolePolicy",
                "iam:CreateRole",
                "iam:DeleteRolePolicy",
                "iam:DetachRolePolicy",
                "iam:PutRolePermissionsBoundary",
                "iam:PutRolePolicy",
            ],
            own,
            within,
        ),
        allow(
            [
                "iam:DeleteRole",
                "iam:TagRole",
                "iam:UntagRole",
                "iam:UpdateAssumeRolePolicy",
                "iam:UpdateRole",
                "iam:UpdateRoleDescription",
            ],
            own,
        ),
        allow(
            ["iam:PassRole"],
            own,
            {"StringEquals": {"iam:PassedToService": [f"{name}.amazonaws.com" for name in PASSED_TO]}},
        ),
        allow(
            ["iam:CreateServiceLinkedRole"],
            f"arn:aws:iam::{stage.account_id}:role/aws-service-role/*",
            {"StringEquals": {"iam:AWSServiceName": [f"{name}.amazonaws.com" for name in LINKED]}},
        ),
    ]


def read_roles(stage: Stage) -> Statement:
    """Looking at the stage's roles."""
    return allow(READS, f"arn:aws:iam::{stage.account_id}:role/{stage.physical('*')}")
