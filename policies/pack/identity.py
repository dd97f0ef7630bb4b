"""Roles and their rights: few, named, bound."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase

from .aws import ROLE
from .declaring import CRITICAL, HIGH, MEDIUM, Resource, Violations, policy, words
from .documents import IDENTITY_POLICIES, Statement, statements
from .matching import is_everything, is_pattern
from .stack import Member, Stack

IAM = "https://docs.aws.amazon.com/IAM/latest/UserGuide"
CONFUSED_DEPUTY = f"{IAM}/confused-deputy.html"
BOUND_ALSO_BY = "sts:externalid"  # what Firehose gives instead of an account


def _allowed(document: Resource) -> Iterator[Statement]:
    text = document.props.get(IDENTITY_POLICIES[document.resource_type])
    return (each for each in statements(text) if each.allows)


@policy(
    on=tuple(IDENTITY_POLICIES),
    severity=HIGH,
    pci=["7.2.2", "7.2.5"],
    remedy="List the actions that the bearer really makes.",
    url=f"{IAM}/best-practices.html#grant-least-privilege",
)
def iam_no_wildcard_action(document: Resource) -> Violations:
    """No identity policy allows actions by a wildcard.

    AWS adds actions: a wildcard allows tomorrow what nobody has looked at today.
    """
    for statement in _allowed(document):
        yield from (f"it allows {action}" for action in statement.actions if is_pattern(action))


@policy(
    on=tuple(IDENTITY_POLICIES),
    severity=HIGH,
    pci=["7.2.2", "7.2.5"],
    remedy="Name the resources by ARN; an action that knows none belongs to the setting `actions`.",
    url=f"{IAM}/reference_policies_elements_resource.html",
    settings={
        "actions": words(
            [
                "athena:ListDataCatalogs",
                "athena:ListWorkGroups",
                "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSubnets",
                "xray:PutTelemetryRecords",
                "xray:PutTraceSegments",
            ],
            "Actions that AWS grants for all resources only.",
        )
    },
)
def iam_no_wildcard_resource(document: Resource, actions: list[str]) -> Violations:
    """No identity policy is for all resources, but for actions that know no resource."""
    for statement in _allowed(document):
        if any(map(is_everything, statement.resources)):
            known = {action.lower() for action in actions}
            yield from (f"it allows {each} on all" for each in statement.actions if each.lower() not in known)


@policy(
    on=tuple(IDENTITY_POLICIES),
    severity=HIGH,
    pci=["7.2.2", "7.2.5"],
    remedy="Say what is allowed, instead of what is not.",
    url=f"{IAM}/reference_policies_elements_notaction.html",
)
def iam_no_exclusion(document: Resource) -> Violations:
    """No identity policy allows everything but something (`NotAction`, `NotResource`)."""
    for statement in _allowed(document):
        yield from (f"it allows by {key}" for key in statement.excluding)


@policy(
    on=tuple(IDENTITY_POLICIES),
    severity=CRITICAL,
    pci=["7.2.2", "7.2.5", "7.2.6"],
    remedy="Name the roles, and add the condition `iam:PassedToService`.",
    url=f"{IAM}/id_roles_use_passrole.html",
    settings={
        "families": words([], "Patterns of ARNs with a wildcard: each of the roles is known to be bounded.")
    },
)
def iam_pass_role_is_bound(document: Resource, families: list[str]) -> Violations:
    """Who may pass roles may pass named ones, to a named service.

    Passing any role to a service that one controls is taking that role.
    """
    for statement in _allowed(document):
        if not statement.is_about("iam:PassRole"):
            continue
        if any(map(is_pattern, _unknown(statement.resources, families))):
            yield "it may pass roles that it doesn't name"
        if "NotResource" in statement.excluding:
            yield "it may pass all roles but some"
        if not any("iam:passedtoservice" in compared for compared in statement.conditions.values()):
            yield "it may pass a role to any service"


def _unknown(resources: Iterable[str], families: list[str]) -> Iterator[str]:
    return (each for each in resources if not any(fnmatchcase(each, family) for family in families))


@policy(
    on=ROLE,
    severity=HIGH,
    pci=["7.2.2", "7.2.5"],
    remedy="Set `permissions_boundary`; the bootstrap stack makes one.",
    url=f"{IAM}/access_policies_boundaries.html",
    settings={"paths": words(["/aws-service-role/*"], "Paths of roles that AWS makes itself.")},
)
def role_has_boundary(role: Resource, paths: list[str]) -> Violations:
    """Every role has a permissions boundary.

    Whatever is granted by mistake ends there, also what is granted outside of this program.
    """
    path = role.props.get("path") or "/"
    if not role.props.get("permissionsBoundary") and not any(fnmatchcase(path, each) for each in paths):
        yield "the role has no permissions boundary"


@policy(
    on=ROLE,
    severity=MEDIUM,
    pci=["7.2.4", "11.5.2"],
    remedy="Use RolePolicy and RolePolicyAttachment resources.",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/",
)
def role_has_no_inline_grants(role: Resource) -> Violations:
    """A role's rights are resources of their own.

    Given on the role (`inline_policies`, `managed_policy_arns`) they fight with those that are: either takes
    the other's away at each deployment.
    """
    for key in ("inlinePolicies", "managedPolicyArns"):
        if role.props.get(key):
            yield f"it has {key}"


@policy(
    on=ROLE,
    severity=HIGH,
    pci=["7.2.4", "11.5.2"],
    remedy="Add RolePoliciesExclusive and RolePolicyAttachmentsExclusive with all that the role should have.",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/iam/rolepoliciesexclusive/",
)
def role_grants_are_exclusive(role: Member, stack: Stack) -> Violations:
    """A role has the rights of this program, and no others.

    What somebody adds by hand is drift that the next deployment takes away.
    """
    for kind in ("rolePoliciesExclusive", "rolePolicyAttachmentsExclusive"):
        token = f"aws:iam/{kind}:{kind[0].upper()}{kind[1:]}"
        if not stack.naming(token, "roleName", role):
            yield f"no {kind} names it"


@policy(
    on=ROLE,
    severity=CRITICAL,
    pci=["7.2.2", "7.2.5", "8.6.1"],
    remedy="Name the principal; add `aws:SourceAccount` or `aws:SourceArn` for a service, `aud` and an exact "
    "`sub` for a federated one.",
    url=CONFUSED_DEPUTY,
    settings={
        "services": words(
            ["apigateway.amazonaws.com", "cloudtrail.amazonaws.com"],
            "Services that take a role without saying on whose behalf.",
        )
    },
)
def role_trust_is_bound(role: Resource, services: list[str]) -> Violations:
    """Who may take a role is named, and bound to this account or this repository.

    Without that another customer of the same AWS service may have it take the role.
    """
    for statement in statements(role.props.get("assumeRolePolicy")):
        if not statement.allows:
            continue
        if statement.is_open():
            yield "everybody may take the role"
        if statement.excluding:
            yield "the trust excludes instead of naming"
        keys = {key for compared in statement.conditions.values() for key in compared}
        bound = statement.binds() or BOUND_ALSO_BY in keys
        for service in statement.services():
            if not bound and service not in services:
                yield f"{service} may take the role on anybody's behalf"
        for _, federation in (each for each in statement.principals if each[0] == "Federated"):
            yield from _unbound(federation, statement)


def _unbound(federation: str, statement: Statement) -> Iterator[str]:
    exact = statement.conditions.get("StringEquals", {})
    if not any(key.endswith(":aud") for key in exact):
        yield f"{federation} may vouch for any audience"
    subjects = [value for key, values in exact.items() if key.endswith(":sub") for value in values]
    if not subjects or any("*" in each for each in subjects):
        yield f"{federation} may vouch for subjects that aren't named exactly"


@policy(
    on=(
        "aws:iam/accessKey:AccessKey",
        "aws:iam/user:User",
        "aws:iam/userLoginProfile:UserLoginProfile",
    ),
    severity=HIGH,
    pci=["8.2.2", "8.6.1", "8.6.3"],
    remedy="Let people sign in through IAM Identity Center, and programs take roles.",
    url=f"{IAM}/best-practices.html#bp-users-federation-idp",
)
def no_iam_users(user: Resource) -> Violations:
    """There are no IAM users and no access keys: neither people nor programs have lasting credentials."""
    yield f"{user.name} has lasting credentials"


@policy(
    on=(
        "aws:iam/policyAttachment:PolicyAttachment",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    ),
    severity=CRITICAL,
    pci=["7.2.2", "7.2.5"],
    remedy="Write a policy of its own for the role.",
    url=f"{IAM}/access_policies_job-functions.html",
    settings={
        "policies": words(
            ["*/AdministratorAccess", "*/PowerUserAccess", "*FullAccess", "*/job-function/*"],
            "Patterns of AWS's policies that give too much.",
        )
    },
)
def no_broad_managed_policy(attachment: Resource, policies: list[str]) -> Violations:
    """No role gets one of AWS's broad policies."""
    arn = attachment.props.get("policyArn") or ""
    if ":aws:policy/" in arn and any(fnmatchcase(arn, each) for each in policies):
        yield f"{arn.rpartition('/')[2]} is attached"
