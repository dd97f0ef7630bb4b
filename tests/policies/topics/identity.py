"""Cases of `policies/pack/identity.py`."""

from policies.pack import identity
from policies.pack.aws import ROLE, ROLE_POLICY
from tests.policies.case import Case
from tests.policies.patches import add, allow_also, change, drop
from tests.policies.resources import ACCOUNT, UNKNOWN, allow, document, resource

TABLE_ARN = "arn:aws:dynamodb:eu-west-1:333333333333:table/tollgate-prod-payments"
ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
EXCLUSIVE = "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive"
EXCLUSIVE_ATTACHMENTS = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive"
USER = "aws:iam/user:User"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
LAMBDA = {"Service": "lambda.amazonaws.com"}
GITHUB = {"Federated": "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"}
ALL_BUT_IAM = {"NotAction": "iam:*", "Resource": TABLE_ARN}
PASSED = {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}


def _trust(principal: dict[str, str] | str, **rest: object) -> str:
    return document({"Action": "sts:AssumeRole", "Principal": principal, **rest})


def _of(repository: str) -> dict[str, object]:
    issuer = "token.actions.githubusercontent.com"
    return {"StringEquals": {f"{issuer}:aud": "sts.amazonaws.com", f"{issuer}:sub": f"repo:{repository}"}}


CASES = [
    Case(
        identity.iam_no_wildcard_action,
        passes=[resource(ROLE_POLICY, policy=allow("dynamodb:GetItem"))],
        fails=[resource("aws:iam/policy:Policy", policy=allow("dynamodb:Get*"))],
        unknown=[resource(ROLE_POLICY, policy=UNKNOWN)],
        broken=allow_also(ROLE_POLICY, "sweeper", {"Action": "dynamodb:Describe*", "Resource": TABLE_ARN}),
    ),
    Case(
        identity.iam_no_wildcard_resource,
        passes=[
            resource(ROLE_POLICY, policy=allow("xray:PutTraceSegments", "*")),
            resource(ROLE_POLICY, "index", policy=allow("dynamodb:Query", f"{TABLE_ARN}/index/*")),
        ],
        fails=[resource(ROLE_POLICY, policy=allow("dynamodb:GetItem", "*"))],
        unknown=[resource(ROLE_POLICY, policy=UNKNOWN)],
        broken=allow_also(ROLE_POLICY, "sweeper", {"Action": ["sqs:SendMessage"], "Resource": "*"}),
    ),
    Case(
        identity.iam_no_exclusion,
        passes=[
            resource(ROLE_POLICY, policy=document({"Effect": "Deny", "NotAction": "s3:*", "Resource": "*"}))
        ],
        fails=[resource(ROLE_POLICY, policy=document({"NotAction": "iam:*", "Resource": TABLE_ARN}))],
        unknown=[resource(ROLE_POLICY, policy=UNKNOWN)],
        broken=allow_also(ROLE_POLICY, "sweeper", ALL_BUT_IAM),
    ),
    Case(
        identity.iam_pass_role_is_bound,
        passes=[
            resource(
                ROLE_POLICY,
                policy=allow("iam:PassRole", "arn:aws:iam::111111111111:role/one", Condition=PASSED),
            )
        ],
        fails=[
            resource(ROLE_POLICY, policy=allow("iam:PassRole", "arn:aws:iam::1:role/*", Condition=PASSED)),
        ],
        unknown=[resource(ROLE_POLICY, policy=UNKNOWN)],
        broken=allow_also(
            ROLE_POLICY,
            "sweeper",
            {"Action": "iam:PassRole", "Resource": "arn:aws:iam::333333333333:role/tollgate-prod-tokens"},
        ),
    ),
    Case(
        identity.role_has_boundary,
        passes=[
            resource(ROLE, permissionsBoundary="arn:aws:iam::111111111111:policy/boundary"),
            resource(ROLE, "linked", path="/aws-service-role/config.amazonaws.com/"),
        ],
        fails=[resource(ROLE)],
        unknown=[resource(ROLE, permissionsBoundary=UNKNOWN)],
        broken=change(ROLE, "payments", {"permissionsBoundary": None}),
    ),
    Case(
        identity.role_has_no_inline_grants,
        passes=[resource(ROLE, inlinePolicies=[])],
        fails=[resource(ROLE, inlinePolicies=[{"name": "more", "policy": "{}"}])],
        unknown=[resource(ROLE, managedPolicyArns=UNKNOWN)],
        broken=change(ROLE, "payments", {"managedPolicyArns": [ADMINISTRATOR]}),
    ),
    Case(
        identity.role_grants_are_exclusive,
        passes=[
            resource(ROLE, name="r"),
            resource(EXCLUSIVE, roleName="r"),
            resource(EXCLUSIVE_ATTACHMENTS, roleName="r"),
        ],
        fails=[resource(ROLE, name="r"), resource(EXCLUSIVE, roleName="r")],
        unknown=[resource(ROLE, name=UNKNOWN), resource(EXCLUSIVE, roleName=UNKNOWN)],
        unknown_is="fails",
        broken=drop(EXCLUSIVE, "payments"),
    ),
    Case(
        identity.role_trust_is_bound,
        passes=[
            resource(ROLE, assumeRolePolicy=_trust({"Service": "lambda.amazonaws.com"}, Condition=ACCOUNT)),
            resource(
                ROLE,
                "deploy",
                assumeRolePolicy=_trust(GITHUB, Condition=_of("a/b:environment:prod")),
            ),
            resource(ROLE, "gateway", assumeRolePolicy=_trust({"Service": "apigateway.amazonaws.com"})),
        ],
        fails=[resource(ROLE, assumeRolePolicy=_trust(GITHUB, Condition=_of("a/b:*")))],
        unknown=[resource(ROLE, assumeRolePolicy=UNKNOWN)],
        broken=change(ROLE, "payments", {"assumeRolePolicy": _trust(LAMBDA)}),
    ),
    Case(
        identity.no_iam_users,
        passes=[resource(ROLE)],
        fails=[resource("aws:iam/accessKey:AccessKey")],
        unknown=[resource(USER, path=UNKNOWN)],
        unknown_is="fails",
        broken=add(USER),
    ),
    Case(
        identity.no_broad_managed_policy,
        passes=[
            resource(
                ATTACHMENT,
                policyArn="arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
            ),
            resource(ATTACHMENT, "own", policyArn="arn:aws:iam::111111111111:policy/FullAccess"),
        ],
        fails=[resource(ATTACHMENT, policyArn="arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess")],
        unknown=[resource(ATTACHMENT, policyArn=UNKNOWN)],
        broken=add(ATTACHMENT, role="tollgate-prod-payments", policyArn=ADMINISTRATOR),
    ),
]
