"""Roles whose rights are those of the program and no others."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws


def only(
    name: str,
    role: aws.iam.Role,
    *,
    inline: Sequence[pulumi.Input[str]] = (),
    attached: Sequence[pulumi.Input[str]] = (),
    opts: pulumi.ResourceOptions,
) -> None:
    """A policy that is added to the role by hand shows as drift, and the next deployment takes it away.

    `inline`: the names of the role's own policies. `attached`: the ARNs of managed ones.
    """
    aws.iam.RolePoliciesExclusive(name, role_name=role.name, policy_names=list(inline), opts=opts)
    aws.iam.RolePolicyAttachmentsExclusive(name, role_name=role.name, policy_arns=list(attached), opts=opts)


def sole_policy(
    name: str, role: aws.iam.Role, document: pulumi.Input[str], opts: pulumi.ResourceOptions
) -> aws.iam.RolePolicy:
    """The role's one policy, beside which it has no other."""
    policy = aws.iam.RolePolicy(name, name="permissions", role=role.name, policy=document, opts=opts)
    only(name, role, inline=[policy.name], opts=opts)
    return policy
