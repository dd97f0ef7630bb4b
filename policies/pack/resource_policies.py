"""Who may reach a resource: its own policy names them."""

from .aws import PERMISSION
from .declaring import CRITICAL, HIGH, Resource, Violations, policy
from .documents import RESOURCE_POLICIES, statements

IAM = "https://docs.aws.amazon.com/IAM/latest/UserGuide"
# EventBridge names no source to these: a condition on one lets nothing through (EventBridge User Guide, Using
# resource-based policies). A topic or a log group is bound by being named.
NAMELESS = {
    "aws:sns/topic:Topic": ("events.amazonaws.com",),
    "aws:sns/topicPolicy:TopicPolicy": ("events.amazonaws.com",),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": (
        "delivery.logs.amazonaws.com",
        "events.amazonaws.com",
    ),
}


@policy(
    on=PERMISSION,
    severity=CRITICAL,
    pci=["7.2.5", "1.4.2"],
    remedy="Set `source_arn` to the one resource that may invoke; for S3 also `source_account`.",
    url="https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html",
)
def function_permission_is_bound(permission: Resource) -> Violations:
    """Who may invoke a function is one resource, not a whole service."""
    principal = permission.props.get("principal") or "*"
    if principal == "*" and not permission.props.get("principalOrgId"):
        yield "everybody may invoke the function"
    elif principal.endswith(".amazonaws.com") and not permission.props.get("sourceArn"):
        yield f"{principal} may invoke the function for anybody"
    if principal == "s3.amazonaws.com" and not permission.props.get("sourceAccount"):
        yield "a bucket's ARN doesn't say whose it is: the account is missing"


@policy(
    on=tuple(RESOURCE_POLICIES),
    severity=CRITICAL,
    pci=["1.4.4", "7.2.2", "7.3.3"],
    remedy="Name the principal, or bind everybody by `aws:PrincipalOrgID`, `aws:SourceVpce` or the like.",
    url=f"{IAM}/reference_policies_elements_principal.html",
)
def resource_policy_names_principals(resource: Resource) -> Violations:
    """No bucket, queue, topic, secret, table or vault is open to everybody."""
    for statement in statements(resource.props.get(RESOURCE_POLICIES[resource.resource_type])):
        if statement.is_open() and not statement.binds():
            yield f"{statement.words()} is for everybody"
        if statement.allows and "NotPrincipal" in statement.excluding:
            yield f"{statement.words()} is for everybody but somebody"


@policy(
    on=tuple(RESOURCE_POLICIES),
    severity=HIGH,
    pci=["7.2.5", "7.3.3"],
    remedy="Add `aws:SourceAccount` or `aws:SourceArn` to the statement.",
    url=f"{IAM}/confused-deputy.html",
)
def resource_policy_binds_services(resource: Resource) -> Violations:
    """An AWS service reaches a resource on behalf of this account only.

    EventBridge tells topics and log groups no source: it may, and must, be let in without a condition.
    """
    nameless = NAMELESS.get(resource.resource_type, ())
    for statement in statements(resource.props.get(RESOURCE_POLICIES[resource.resource_type])):
        if statement.allows and not statement.binds():
            unbound = [service for service in statement.services() if service not in nameless]
            yield from (f"{service} may act on anybody's behalf" for service in unbound)
