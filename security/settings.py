"""The security account's settings: read once from `security/Pulumi.<stack>.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import pulumi
from msgspec import Meta

from infra.settings.kinds import AccountId, PrincipalArn, Region, Tag, TagKey
from infra.settings.reading import configured, read_file
from infra.stage import Stage

PROJECT = "tollgate-security"
# PCI DSS 4.0.1, 10.5.1: audit logs are kept for twelve months.
YEAR = 365


@dataclass(frozen=True, kw_only=True)
class SecuritySettings:
    """`members`: the accounts of the stages. `investigators`: roles that read the trail and the witness.

    `lock_days`: as long nobody can delete what is kept; `expire_after_days`: then it is deleted by itself.
    Both count from when it was written.
    """

    stack: str

    account_id: AccountId
    region: Region
    organization_id: Annotated[str, Meta(pattern=r"^o-[a-z0-9]{10,32}$")]
    management_account_id: AccountId
    members: Annotated[tuple[AccountId, ...], Meta(min_length=1)]
    investigators: Annotated[tuple[PrincipalArn, ...], Meta(min_length=1)]
    lock_days: Annotated[int, Meta(ge=YEAR)]
    expire_after_days: Annotated[int, Meta(ge=YEAR)]
    tags: dict[TagKey, Tag]
    assume_roles: tuple[PrincipalArn, ...] = ()

    @property
    def stage(self) -> Stage:
        """Where the program runs."""
        return Stage(self.stack, self.account_id, self.region)

    def contradictions(self) -> Mapping[str, str]:
        """See `StackFile`."""
        problems: dict[str, str] = {}
        if {self.account_id, self.management_account_id} & set(self.members):
            problems["members"] = "neither the security nor the management account is a stage's"
        if self.account_id == self.management_account_id:
            problems["account_id"] = "must not be the management account: nobody should work there"
        if any(f"::{self.account_id}:role/" not in role for role in self.investigators):
            problems["investigators"] = f"each must be a role of account {self.account_id}"
        if self.expire_after_days <= self.lock_days:
            problems["expire_after_days"] = "must be more than lock_days: a locked object can't expire"
        return problems


def security_settings() -> SecuritySettings:
    """The running stack's settings. Raises `InvalidSettingsError`."""
    return read_security_settings(pulumi.get_stack(), configured(PROJECT))


def read_security_settings(stack: str, values: Mapping[str, str]) -> SecuritySettings:
    """Settings from a stack's `tollgate-security:` keys. Raises `InvalidSettingsError`."""
    return read_file(SecuritySettings, PROJECT, stack, values, {"stack": stack})
