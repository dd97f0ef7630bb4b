"""What the account's roles can and can't do."""

import pytest

from bootstrap import guards
from engine import Graph, up
from ops.iam.evaluation import allowed
from tests.bootstrap.rights import may, statements
from tests.infra.graphs import KEY
from tests.stacks import BOOTSTRAP

DEPLOY, PREVIEW, OPERATOR = "tollgate-deploy", "tollgate-preview", "tollgate-operator"
EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}
LOOKING = ("Describe", "Get", "List", "View")
# They change nothing, although they aren't called so.
LOOKING_TOO = {"apigateway:GET"}


def own(graph: Graph, service: str, resource: str) -> str:
    return f"arn:aws:{service}:eu-west-1:{graph.exports['account_id']}:{resource}"


def iam(graph: Graph, resource: str) -> str:
    return f"arn:aws:iam::{graph.exports['account_id']}:{resource}"


def bucket(graph: Graph) -> str:
    return f"arn:aws:s3:::tollgate-{graph.stack}-state-{graph.exports['account_id']}"


def refused(graph: Graph, role: str, action: str, resource: str) -> bool:
    """Whether a call stays refused even if a policy that allows everything is attached to the role."""
    return not allowed([*statements(graph, role), EVERYTHING], action, resource)


# --- previewing


def test_previewing_changes_nothing(account: Graph) -> None:
    granted = {
        action
        for statement in statements(account, PREVIEW)
        if statement["Effect"] == "Allow"
        for action in statement["Action"]
    }
    changing = {action for action in granted if not action.partition(":")[2].startswith(LOOKING)}
    assert changing == LOOKING_TOO


def test_previewing_reads_the_state_and_no_other_object(account: Graph) -> None:
    state = f"{bucket(account)}/.pulumi/stacks/tollgate/{account.stack}.json"
    assert may(account, PREVIEW, "s3:GetObject", state)
    assert not may(account, PREVIEW, "s3:PutObject", state)
    assert not may(account, PREVIEW, "s3:DeleteObject", state)
    assert not may(account, PREVIEW, "s3:GetObject", f"arn:aws:s3:::tollgate-{account.stack}-archive-1/x")


def test_a_workflow_puts_and_reads_the_functions_packages_and_a_durable_stage_keeps_them(
    account: Graph,
) -> None:
    packages = (
        f"arn:aws:s3:::tollgate-{account.stack}-artifacts-{account.exports['account_id']}/tollgate-1.zip"
    )
    assert may(account, DEPLOY, "s3:PutObject", packages)
    for role in (DEPLOY, PREVIEW):
        assert may(account, role, "s3:GetObject", packages)
    for call in ("s3:PutObject", "s3:DeleteObjectVersion"):
        assert not may(account, PREVIEW, call, packages)
    # A stage that may be thrown away goes with all that its buckets hold.
    assert may(account, DEPLOY, "s3:DeleteObjectVersion", packages) == (account.stack == "dev")


def test_previewing_doesnt_see_api_keys(account: Graph) -> None:
    assert may(account, PREVIEW, "apigateway:GET", "arn:aws:apigateway:eu-west-1::/restapis/a1b2c3")
    for role in (PREVIEW, DEPLOY):
        assert not may(account, role, "apigateway:GET", "arn:aws:apigateway:eu-west-1::/apikeys")
        assert not may(account, role, "apigateway:GET", "arn:aws:apigateway:eu-west-1::/apikeys/abc")


def test_a_workflow_sees_whether_somebody_has_rolled_the_stage_back(account: Graph) -> None:
    function = own(account, "lambda", f"function:tollgate-{account.stack}-payments")
    for action in ("lambda:GetAlias", "lambda:ListVersionsByFunction"):
        assert may(account, DEPLOY, action, function)


# --- data


@pytest.mark.parametrize("role", [DEPLOY, PREVIEW])
@pytest.mark.parametrize("action", guards.DATA)
def test_a_workflow_touches_no_data_even_with_all_rights(account: Graph, role: str, action: str) -> None:
    resource = own(account, action.partition(":")[0], f"tollgate-{account.stack}-anything")
    assert not may(account, role, action, resource)
    assert refused(account, role, action, resource)


@pytest.mark.parametrize("role", [DEPLOY, PREVIEW])
def test_a_workflow_uses_no_key_of_the_stage_itself(account: Graph, role: str) -> None:
    for action in ("kms:Decrypt", "kms:Sign", "kms:GenerateMac"):
        assert refused(account, role, action, own(account, "kms", "key/some"))


# --- deploying


@pytest.mark.parametrize(
    "action",
    [
        "iam:AttachRolePolicy",
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
        "iam:DetachRolePolicy",
        "iam:PassRole",
        "iam:PutRolePolicy",
        "iam:SetDefaultPolicyVersion",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateOpenIDConnectProviderThumbprint",
        "iam:DeleteOpenIDConnectProvider",
    ],
)
@pytest.mark.parametrize(
    "made",
    [
        "role/tollgate-deploy",
        "role/tollgate-preview",
        "role/tollgate-operator",
        "policy/tollgate-boundary",
        "policy/tollgate-service-boundary",
        "policy/tollgate-deploy-guard",
        "policy/tollgate-preview-watching",
        "oidc-provider/token.actions.githubusercontent.com",
    ],
)
def test_deploying_cant_change_its_own_rights_even_with_all_rights(
    account: Graph, action: str, made: str
) -> None:
    assert not may(account, DEPLOY, action, iam(account, made))
    assert refused(account, DEPLOY, action, iam(account, made))


@pytest.mark.parametrize("action", ["iam:CreateRole", "iam:PutRolePolicy", "iam:AttachRolePolicy"])
def test_a_role_is_made_and_filled_within_its_boundary_only(account: Graph, action: str) -> None:
    role = iam(account, f"role/tollgate-{account.stack}-payments")
    for bound in ("tollgate-boundary", "tollgate-service-boundary"):
        assert may(account, DEPLOY, action, role, iam__PermissionsBoundary=iam(account, f"policy/{bound}"))
    assert not may(account, DEPLOY, action, role)
    assert not may(
        account, DEPLOY, action, role, iam__PermissionsBoundary="arn:aws:iam::aws:policy/AdministratorAccess"
    )


def test_a_boundary_is_never_taken_off(account: Graph) -> None:
    role = iam(account, f"role/tollgate-{account.stack}-payments")
    assert refused(account, DEPLOY, "iam:DeleteRolePermissionsBoundary", role)


def test_roles_of_others_are_neither_made_nor_passed(account: Graph) -> None:
    bound = iam(account, "policy/tollgate-boundary")
    for name in ("admin", "tollgate-other-payments"):
        role = iam(account, f"role/{name}")
        assert not may(account, DEPLOY, "iam:CreateRole", role, iam__PermissionsBoundary=bound)
        assert not may(account, DEPLOY, "iam:PassRole", role, iam__PassedToService="lambda.amazonaws.com")


def test_a_role_is_passed_to_services_of_the_stage_only(account: Graph) -> None:
    role = iam(account, f"role/tollgate-{account.stack}-payments")
    assert may(account, DEPLOY, "iam:PassRole", role, iam__PassedToService="lambda.amazonaws.com")
    for service in ("ec2.amazonaws.com", "cloudformation.amazonaws.com", "codebuild.amazonaws.com"):
        assert not may(account, DEPLOY, "iam:PassRole", role, iam__PassedToService=service)
    assert not may(account, DEPLOY, "iam:PassRole", role)


@pytest.mark.parametrize(
    "action", ["iam:CreateUser", "iam:CreateAccessKey", "iam:CreateLoginProfile", "sts:AssumeRole"]
)
def test_deploying_makes_no_other_identity(account: Graph, action: str) -> None:
    assert not may(account, DEPLOY, action, iam(account, "user/somebody"))


def test_deploying_uses_the_state_and_can_not_change_its_store(account: Graph) -> None:
    state = bucket(account)
    for action in ("s3:GetObject", "s3:PutObject", "s3:DeleteObject"):
        assert may(account, DEPLOY, action, f"{state}/.pulumi/stacks/tollgate/x.json")
    assert may(account, DEPLOY, "s3:ListBucket", state)
    for action in (
        "s3:DeleteBucket",
        "s3:PutBucketPolicy",
        "s3:PutBucketVersioning",
        "s3:PutEncryptionConfiguration",
    ):
        assert refused(account, DEPLOY, action, state)
    assert refused(account, DEPLOY, "s3:DeleteObjectVersion", f"{state}/.pulumi/x")


def test_deploying_can_not_change_the_states_keys(account: Graph) -> None:
    for key in account.of_type(KEY):
        for action in ("kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:CreateGrant"):
            assert refused(account, DEPLOY, action, key.outputs["arn"])


@pytest.mark.parametrize("action", guards.IRREVOCABLE)
def test_a_durable_stage_loses_nothing_to_a_workflow(prod: Graph, action: str) -> None:
    assert refused(prod, DEPLOY, action, "*")


@pytest.mark.parametrize(
    ("action", "service", "resource"),
    [
        ("dynamodb:DeleteTable", "dynamodb", "table/tollgate-dev-payments"),
        ("kms:ScheduleKeyDeletion", "kms", "key/some"),
        ("secretsmanager:DeleteSecret", "secretsmanager", "secret:tollgate-dev-card-keys-abcdef"),
    ],
)
def test_a_stage_that_may_be_thrown_away_can_be(dev: Graph, action: str, service: str, resource: str) -> None:
    assert may(dev, DEPLOY, action, own(dev, service, resource))


def test_deploying_reads_the_certificates_behind_callers_certificates_and_nothing_beside() -> None:
    names = {"tollgate-bootstrap:truststore": "example-trust/callers.pem"}
    graph = up(BOOTSTRAP, "dev", preview=False, overrides=names)
    assert may(graph, DEPLOY, "s3:GetObject", "arn:aws:s3:::example-trust/callers.pem")
    assert not may(graph, DEPLOY, "s3:PutObject", "arn:aws:s3:::example-trust/callers.pem")
    assert refused(graph, DEPLOY, "s3:GetObject", "arn:aws:s3:::example-trust/other")


def test_a_stage_that_may_be_thrown_away_takes_its_objects_with_it_and_not_its_state(dev: Graph) -> None:
    archive = f"arn:aws:s3:::tollgate-dev-archive-{dev.exports['account_id']}/x"
    assert may(dev, DEPLOY, "s3:DeleteObjectVersion", archive)
    assert refused(dev, DEPLOY, "s3:GetObject", archive)
    assert refused(dev, PREVIEW, "s3:DeleteObjectVersion", archive)


# --- operating


def test_operating_makes_merchants_and_reads_no_card(account: Graph) -> None:
    tables = f"table/tollgate-{account.stack}-"
    assert may(account, OPERATOR, "dynamodb:PutItem", own(account, "dynamodb", f"{tables}clients"))
    assert may(account, OPERATOR, "dynamodb:GetItem", own(account, "dynamodb", f"{tables}payments"))
    for action in ("dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"):
        assert not may(account, OPERATOR, action, own(account, "dynamodb", f"{tables}vault"))
    for action in ("dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"):
        for table in ("payments", "audits"):
            assert not may(account, OPERATOR, action, own(account, "dynamodb", f"{tables}{table}"))


def test_operating_sets_a_processors_credentials_and_never_reads_them(account: Graph) -> None:
    secret = own(account, "secretsmanager", f"secret:tollgate-{account.stack}-processor-payroc-abcdef")
    assert may(account, OPERATOR, "secretsmanager:PutSecretValue", secret)
    assert not may(account, OPERATOR, "secretsmanager:GetSecretValue", secret)


def test_operating_deploys_nothing(account: Graph) -> None:
    role = iam(account, f"role/tollgate-{account.stack}-payments")
    function = own(account, "lambda", f"function:tollgate-{account.stack}-payments")
    assert may(account, OPERATOR, "iam:SimulatePrincipalPolicy", role)
    assert not may(account, OPERATOR, "iam:PutRolePolicy", role)
    assert not may(account, OPERATOR, "lambda:UpdateFunctionCode", function)
    assert not may(account, OPERATOR, "lambda:InvokeFunction", function)


def test_operating_takes_a_release_back_and_changes_no_code_or_setting(account: Graph) -> None:
    function = own(account, "lambda", f"function:tollgate-{account.stack}-payments")
    assert may(account, OPERATOR, "lambda:UpdateAlias", function)
    for action in ("CreateAlias", "DeleteFunction", "PublishVersion", "UpdateFunctionConfiguration"):
        assert not may(account, OPERATOR, f"lambda:{action}", function)


def test_on_call_reads_logs_and_alarms_and_neither_trail_nor_archive(account: Graph) -> None:
    log = own(account, "logs", f"log-group:/aws/lambda/tollgate-{account.stack}-payments:*")
    trail = own(account, "logs", f"log-group:/aws/cloudtrail/tollgate-{account.stack}-trail:*")
    assert may(account, OPERATOR, "logs:FilterLogEvents", log)
    assert not may(account, OPERATOR, "logs:FilterLogEvents", trail)
    assert may(account, OPERATOR, "cloudwatch:DescribeAlarms", "*")
    for action in ("cloudwatch:SetAlarmState", "cloudwatch:DisableAlarmActions", "logs:DeleteLogGroup"):
        assert not may(account, OPERATOR, action, "*")
    archive = f"arn:aws:s3:::tollgate-{account.stack}-archive-{account.exports['account_id']}/x"
    assert not may(account, OPERATOR, "s3:GetObject", archive)
    for action in ("kms:Decrypt", "kms:Sign", "kms:PutKeyPolicy"):
        assert not may(account, OPERATOR, action, own(account, "kms", "key/any"))


def test_operating_lists_what_is_open_and_no_other_payments(account: Graph) -> None:
    payments = own(account, "dynamodb", f"table/tollgate-{account.stack}-payments")
    assert may(account, OPERATOR, "dynamodb:Query", f"{payments}/index/due")
    assert not may(account, OPERATOR, "dynamodb:Query", f"{payments}/index/listing")
    for action in ("Scan", "Query"):
        assert not may(account, OPERATOR, f"dynamodb:{action}", payments)
