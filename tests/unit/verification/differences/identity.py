"""What may be wrong with an account's identity."""

from tests.unit.verification.differences.difference import Difference, more, within, without

OPEN_POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*"}]}'


DIFFERENCES = (
    Difference(
        "identity: roles", "iam:GetRole", without("Role", "PermissionsBoundary"), "its boundary is None"
    ),
    Difference(
        "identity: roles",
        "iam:GetRole",
        within("Role", AssumeRolePolicyDocument=OPEN_POLICY),
        "who takes it isn't as the program says",
    ),
    Difference("identity: policies", "iam:ListRolePolicies", more("PolicyNames", "quick-fix"), "quick-fix"),
    Difference(
        "identity: policies",
        "iam:ListAttachedRolePolicies",
        more("AttachedPolicies", {"PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}),
        "AdministratorAccess",
    ),
)
