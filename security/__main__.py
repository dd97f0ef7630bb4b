"""Runs in the security account, after the management account has made it the administrator (delegation/)."""

import pulumi

from infra.provider import stage_provider
from security.access_logs import AccessLogs
from security.evidence import OrganizationTrail, Witness
from security.organization import Organization
from security.settings import security_settings

settings = security_settings()
stage = settings.stage
options = pulumi.ResourceOptions(provider=stage_provider(stage, settings.assume_roles, settings.tags))

Organization("organization", stage, options)
access_logs = AccessLogs("access-logs", settings, options)
OrganizationTrail("trail", settings, access_logs, options)
witness = Witness("witness", settings, access_logs, options)

pulumi.export("account_id", settings.account_id)
pulumi.export("region", settings.region)
pulumi.export("witness", witness.bucket_name)
