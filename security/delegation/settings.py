"""The management account's settings: read once from `security/delegation/Pulumi.<stack>.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from infra.settings.kinds import AccountId, PrincipalArn, Region, Tag, TagKey
from infra.settings.reading import configured, read_file
from infra.stage import Stage

PROJECT = "tollgate-delegation"


@dataclass(frozen=True, kw_only=True)
class DelegationSettings:
    """`account_id`: the management account. `region`: the one whose GuardDuty and Security Hub are handed on,
    which is that of the stages."""

    stack: str

    account_id: AccountId
    region: Region
    security_account_id: AccountId
    tags: dict[TagKey, Tag]
    assume_roles: tuple[PrincipalArn, ...] = ()

    @property
    def stage(self) -> Stage:
        """Where the program runs."""
        return Stage(self.stack, self.account_id, self.region)

    def contradictions(self) -> Mapping[str, str]:
        """See `StackFile`."""
        if self.security_account_id == self.account_id:
            return {"security_account_id": "must not be the management account: nobody should work there"}
        return {}


def delegation_settings() -> DelegationSettings:
    """The running stack's settings. Raises `InvalidSettingsError`."""
    return read_delegation_settings(pulumi.get_stack(), configured(PROJECT))


def read_delegation_settings(stack: str, values: Mapping[str, str]) -> DelegationSettings:
    """Settings from a stack's `tollgate-delegation:` keys. Raises `InvalidSettingsError`."""
    return read_file(DelegationSettings, PROJECT, stack, values, {"stack": stack})
