"""What differs between the accounts: read once from `bootstrap/Pulumi.<stack>.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import pulumi
from msgspec import Meta

from infra.durability import Durability
from infra.settings.kinds import AccountId, PrincipalArn, Region, Tag, TagKey
from infra.settings.reading import configured, read_file
from infra.stage import Stage

PROJECT = "tollgate-bootstrap"
# GitHub's own rules for names of owners and repositories: no character that IAM takes for a wildcard.
Repository = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,38}/[A-Za-z0-9._-]{1,100}$")]

People = Annotated[tuple[PrincipalArn, ...], Meta(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class AccountSettings:
    """An account's settings; the stack's name is that of the stage which lives in the account.

    `repository`: the GitHub repository whose workflows deploy, as `owner/name`. `durability`: of the stage;
    in a durable one the deploying role can't delete what holds data. `administrators`: roles that bootstrap
    the account and put its stacks right by hand. `operators`: roles that may become the stage's operator.
    `assume_roles`: roles to go through to reach the account, in order.
    """

    stack: str

    account_id: AccountId
    region: Region
    repository: Repository
    durability: Durability
    administrators: People
    operators: People
    tags: dict[TagKey, Tag]
    assume_roles: tuple[PrincipalArn, ...] = ()

    @property
    def stage(self) -> Stage:
        """The stage that will live in the account."""
        return Stage(self.stack, self.account_id, self.region)

    def contradictions(self) -> Mapping[str, str]:
        """See `StackFile`."""
        own = f"arn:aws:iam::{self.account_id}:role/"
        people = {"administrators": self.administrators, "operators": self.operators}
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
