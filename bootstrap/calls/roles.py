"""The stage's roles: made and filled only within their boundary. One without it can't be filled."""

from collections.abc import Mapping, Sequence

from bootstrap.calls.calls import Calls
from infra import boundary

# The role's own; IAM asks for it when a policy of the role changes, too.
WITHIN = {
    "iam:PermissionsBoundary": "{boundary:"
    + "|".join(f"arn:aws:iam::ACCOUNT:policy/{name}" for name in (boundary.FUNCTIONS, boundary.SERVICES))
    + "}"
}


def _role(name: str) -> str:
    return f"arn:aws:iam::{{account}}:role/{{{name}:NAMED*}}"


def _filled(name: str, create: str, read: str, update: str, delete: str) -> tuple[Calls, ...]:
    """What a role is allowed: `name` is the input that names the role."""
    return (
        Calls("iam", _role(name), create=create, update=update, delete=delete, carrying=WITHIN),
        Calls("iam", _role(name), read=read, reads_bound=True),
    )


ROLES: Mapping[str, Sequence[Calls]] = {
    "aws:iam/role:Role": (
        Calls(
            "iam",
            _role("name"),
            create="CreateRole",
            update="PutRolePermissionsBoundary",
            carrying=WITHIN,
        ),
        Calls(
            "iam",
            _role("name"),
            create="TagRole",
            read="GetRole ListAttachedRolePolicies ListInstanceProfilesForRole ListRolePolicies",
            update="TagRole UntagRole UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription",
            delete="DeleteRole",
            reads_bound=True,
        ),
    ),
    "aws:iam/rolePolicy:RolePolicy": _filled(
        "role", "PutRolePolicy", "GetRolePolicy", "PutRolePolicy", "DeleteRolePolicy"
    ),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": _filled(
        "role", "AttachRolePolicy", "ListAttachedRolePolicies", "AttachRolePolicy", "DetachRolePolicy"
    ),
    # Policies that somebody added by hand are taken away.
    "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": _filled(
        "roleName", "DeleteRolePolicy", "ListRolePolicies", "DeleteRolePolicy", ""
    ),
    "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": _filled(
        "roleName",
        "AttachRolePolicy DetachRolePolicy",
        "ListAttachedRolePolicies",
        "AttachRolePolicy DetachRolePolicy",
        "",
    ),
}
