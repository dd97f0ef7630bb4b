"""Runs in the management account, once, before the security account's own program."""

import pulumi

from infra.provider import stage_provider
from security.delegation.delegation import Delegation, DelegationArgs
from security.delegation.settings import delegation_settings

settings = delegation_settings()
options = pulumi.ResourceOptions(
    provider=stage_provider(settings.stage, settings.assume_roles, settings.tags)
)
Delegation("delegation", DelegationArgs(settings.security_account_id), options)

pulumi.export("account_id", settings.account_id)
pulumi.export("security_account_id", settings.security_account_id)
