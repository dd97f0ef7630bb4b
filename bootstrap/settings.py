"""What differs between the accounts: read once from `bootstrap/Pulumi.<stack>.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import pulumi
from msgspec import Meta, Struct

from infra.durability import Durability
from infra.settings.kinds import AccountId, Positive, PrincipalArn, Region, Tag, TagKey
from infra.settings.reading import configured, read_file
from infra.stage import Stage

PROJECT = "tollgate-bootstrap"
# GitHub's own rules for names of owners and repositories: no character that IAM takes for a wildcard.
Repository = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}$")]

# In GitHub's tokens owner and repository have their ids beside them, which nobody gets by taking over a name.
# A repository made before 15 July 2026, and neither renamed nor transferred since, may have names only.
Subject = Literal["immutable", "named"]
# What an account has once, and may have already.
Existing = Literal["github", "config"]
People = Annotated[tuple[PrincipalArn, ...], Meta(min_length=1)]
# An object in a bucket, without wildcards.
ObjectName = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/[\w!.()/-]+$")]


class Contact(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom AWS calls, beside the account's owner."""

    name: Annotated[str, Meta(min_length=1, max_length=64)]
    title: Annotated[str, Meta(min_length=1, max_length=50)]
    email: Annotated[str, Meta(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)]
    phone: Annotated[str, Meta(pattern=r"^[\s0-9()+-]+$", max_length=25)]


@dataclass(frozen=True, kw_only=True)
class AccountSettings:
    """An account's settings; the stack's name is that of the stage which lives in the account.

    `account_id` and `region`: the stage's. `tags`: on every resource.
    `repository`: the GitHub repository whose workflows deploy, as `owner/name`; `owner_id` and
    `repository_id`: as GitHub counts them. `subjects`: forms of its tokens' subject that are trusted.
    `durability`: of the stage; in a durable one the deploying role can't delete what holds data.
    `administrators`: roles that bootstrap the account and put its stacks right by hand. `operators`: roles
    that may become the stage's operator. `investigators`: roles that may become who reads the archive.
    `security_contact`: whom AWS tells of security. `existing`: GitHub's identity provider or AWS Config's
    service-linked role, if the account has it already. `truststore`: the certificates by which the stage
    knows callers' certificates, as `bucket/key`, if it asks for any. `assume_roles`: roles to go through to
    reach the account, in order.
    """

    stack: str

    account_id: AccountId
    region: Region
    repository: Repository
    owner_id: Positive
    repository_id: Positive
    durability: Durability
    administrators: People
    operators: People
    investigators: People
    security_contact: Contact
    tags: dict[TagKey, Tag]
    subjects: Annotated[tuple[Subject, ...], Meta(min_length=1)] = ("immutable",)
    existing: frozenset[Existing] = frozenset()
    truststore: ObjectName | None = None
    assume_roles: tuple[PrincipalArn, ...] = ()

    @property
    def stage(self) -> Stage:
        """The stage that will live in the account."""
        return Stage(self.stack, self.account_id, self.region)

    @property
    def repositories(self) -> tuple[str, ...]:
        """The repository as the subjects of its tokens may call it."""
        owner, _, name = self.repository.partition("/")
        forms = {
            "immutable": f"{owner}@{self.owner_id}/{name}@{self.repository_id}",
            "named": self.repository,
        }
        return tuple(forms[subject] for subject in self.subjects)

    def contradictions(self) -> Mapping[str, str]:
        """See `StackFile`."""
        own = f"arn:aws:iam::{self.account_id}:role/"
        people = {
            "administrators": self.administrators,
            "operators": self.operators,
            "investigators": self.investigators,
        }
        return {
            key: f"each must be a role of account {self.account_id}"
            for key, roles in people.items()
            if not all(role.startswith(own) for role in roles)
        }


def account_settings() -> AccountSettings:
    """The running stack's settings. Raises `InvalidSettingsError`."""
    return read_account_settings(pulumi.get_stack(), configured(PROJECT))


def read_account_settings(stack: str, values: Mapping[str, str]) -> AccountSettings:
    """Settings from a stack's `tollgate-bootstrap:` keys. Raises `InvalidSettingsError`."""
    return read_file(AccountSettings, PROJECT, stack, values, {"stack": stack})
