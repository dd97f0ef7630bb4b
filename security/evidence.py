"""What happened in the organization, kept where those who did it can't reach it."""

import pulumi
import pulumi_aws as aws

from infra import key_policy
from infra.bucket_policy import bucket_arn
from security import statements
from security.access_logs import AccessLogs
from security.settings import SecuritySettings
from security.store import Store, StoreArgs


class OrganizationTrail(pulumi.ComponentResource):
    """Every management call of every account, in all Regions.

    Stages then need no trail of their own, except for what happens to their data.
    """

    def __init__(
        self,
        name: str,
        settings: SecuritySettings,
        access_logs: AccessLogs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("tollgate:security:OrganizationTrail", name, None, opts)
        management, stage = settings.management_account_id, settings.stage
        trail = statements.trail_arn(stage, management)
        arn = bucket_arn(stage.bucket("trail"))
        store = Store(
            "trail",
            StoreArgs(
                settings,
                "The organization's trail",
                encrypting=[key_policy.deliver_trail(trail)],
                writing=[
                    statements.find_bucket(arn, trail),
                    statements.deliver_trail(arn, trail, [management, settings.organization_id]),
                ],
                access_logs=access_logs.bucket,
            ),
            pulumi.ResourceOptions(parent=self),
        )
        aws.cloudtrail.Trail(
            "organization",
            name=statements.TRAIL,
            s3_bucket_name=store.bucket_name,
            kms_key_id=store.key.arn,
            is_organization_trail=True,
            is_multi_region_trail=True,
            include_global_service_events=True,
            enable_log_file_validation=True,
            enable_logging=True,
            opts=pulumi.ResourceOptions(parent=self, depends_on=store.secured, protect=True),
        )
        self.register_outputs({})


class Witness(pulumi.ComponentResource):
    """`bucket_name`: where stages leave copies that they can't take back, such as heads of hash chains.

    Whoever rewrites a stage's records can't rewrite these: a stage adds, once per name, and nothing else.
    """

    def __init__(
        self,
        name: str,
        settings: SecuritySettings,
        access_logs: AccessLogs,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        super().__init__("tollgate:security:Witness", name, None, opts)
        stage, members = settings.stage, settings.members
        arn = bucket_arn(stage.bucket("witness"))
        self.bucket_name = Store(
            "witness",
            StoreArgs(
                settings,
                "What stages can only add to",
                encrypting=[statements.encrypt_for_members(stage, members)],
                writing=[
                    statements.add_to_witness(arn, settings.organization_id, members),
                    statements.never_replace(arn),
                    statements.never_remove(arn),
                ],
                access_logs=access_logs.bucket,
            ),
            pulumi.ResourceOptions(parent=self),
        ).bucket_name
        self.register_outputs({})
