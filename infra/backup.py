"""Backups of every table, in a vault that doesn't give them away, and copies of some in another region.

Beside the tables' own point-in-time recovery (35 days, to the second), which dies with the table. AWS Backup
has no continuous backup for DynamoDB that could take its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain

import pulumi
import pulumi_aws as aws

from infra import backup_statements
from infra.exclusive import sole_policy
from infra.identity import Identity
from infra.keys import Keys
from infra.settings import Settings
from infra.stage import Stage
from infra.statements import Statement, document

MINUTES_TO_START = 60
MINUTES_TO_FINISH = 12 * 60


@dataclass(frozen=True)
class BackupArgs:
    """`tables`: all that are backed up, by name."""

    settings: Settings
    identity: Identity
    keys: Keys
    tables: Mapping[str, aws.dynamodb.Table]


@dataclass(frozen=True)
class Place:
    """Where backups are kept. `stage`: with the vault's region; `region`: if that isn't the provider's."""

    name: str
    stage: Stage
    key: aws.kms.Key
    region: str | None = None


class Backup(pulumi.ComponentResource):
    """`vault`, `plan`; `copies`: the vault in the other region, if there is to be one.

    Jobs that fail are findings, and jobs that don't come are missed (`infra.observability.heartbeats`).
    """

    def __init__(self, name: str, args: BackupArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:backup:Backup", name, None, opts)
        self._args = args
        self._child = pulumi.ResourceOptions(parent=self)
        stage, region = args.settings.stage, args.settings.backup.copy_region
        places = [Place("backups", stage, args.keys.data["backup"])]
        if args.keys.backup_copy is not None and region is not None:
            places.append(
                Place("backup-copies", replace(stage, region=region), args.keys.backup_copy, region)
            )
        self.vault, *copies = [self._vault(place) for place in places]
        self.copies = copies[0] if copies else None
        allowed = self._backup_permissions(self._vault_rights(places, [self.vault, *copies]))
        self._restore_permissions()
        self.plan = self._plan(self._managed())
        self._select(allowed)
        self.register_outputs({})

    def _vault(self, place: Place) -> aws.backup.Vault:
        settings = self._args.settings
        lock = settings.backup.lock
        vault = aws.backup.Vault(
            place.name,
            name=settings.stage.physical(place.name),
            kms_key_arn=place.key.arn,
            force_destroy=not settings.durability.deletion_protection,
            region=place.region,
            opts=pulumi.ResourceOptions(parent=self, protect=settings.durability.protect),
        )
        aws.backup.VaultLockConfiguration(
            place.name,
            backup_vault_name=vault.name,
            min_retention_days=lock.min_days,
            max_retention_days=lock.max_days,
            changeable_for_days=lock.cooling_off_days,
            region=place.region,
            opts=pulumi.ResourceOptions(parent=vault),
        )
        if settings.durability.protect:
            self._refuse_deletion(vault, place)
        return vault

    def _refuse_deletion(self, vault: aws.backup.Vault, place: Place) -> None:
        """What AWS Config looks for, and a second bolt while the lock can still be taken off.

        It refuses its own change too, so a new one takes the old one's place.
        """
        aws.backup.VaultPolicy(
            place.name,
            backup_vault_name=vault.name,
            policy=document([backup_statements.refuse_deletion()]),
            region=place.region,
            opts=pulumi.ResourceOptions(
                parent=vault, replace_on_changes=["policy"], delete_before_replace=True
            ),
        )

    def _managed(self) -> aws.backup.RegionSettings:
        """AWS Backup's own way with DynamoDB, which has cold storage, copies and the vault's key."""
        return aws.backup.RegionSettings(
            "dynamodb",
            resource_type_opt_in_preference={"DynamoDB": True},
            resource_type_management_preference={"DynamoDB": True},
            opts=pulumi.ResourceOptions(
                parent=self,
                # AWS answers with every type that it knows; the others are none of ours.
                ignore_changes=["resourceTypeOptInPreference", "resourceTypeManagementPreference"],
            ),
        )

    def _plan(self, managed: aws.backup.RegionSettings) -> aws.backup.Plan:
        settings = self._args.settings.backup
        first_of_month = settings.at.replace("* * ? *", "1 * ? *")
        return aws.backup.Plan(
            "tables",
            name=self._args.settings.stage.physical("tables"),
            rules=[
                self._rule("daily", settings.at, settings.daily_days),
                # At a time of its own: of backups that begin together AWS Backup makes only one.
                *(
                    [self._rule("copied", settings.copy_at, settings.copied_days, copies=self.copies)]
                    if self.copies
                    else []
                ),
                self._rule(
                    "monthly", first_of_month, settings.monthly_days, settings.monthly_cold_after_days
                ),
            ],
            opts=pulumi.ResourceOptions(parent=self, depends_on=[managed]),
        )

    def _rule(
        self,
        name: str,
        at: str,
        days: int,
        cold_after: int | None = None,
        copies: aws.backup.Vault | None = None,
    ) -> aws.backup.PlanRuleArgs:
        copy = aws.backup.PlanRuleCopyActionArgs
        kept = aws.backup.PlanRuleCopyActionLifecycleArgs(delete_after=days)
        return aws.backup.PlanRuleArgs(
            rule_name=name,
            target_vault_name=self.vault.name,
            schedule=at,
            start_window=MINUTES_TO_START,
            completion_window=MINUTES_TO_FINISH,
            lifecycle=aws.backup.PlanRuleLifecycleArgs(delete_after=days, cold_storage_after=cold_after),
            copy_actions=[copy(destination_vault_arn=copies.arn, lifecycle=kept)] if copies else [],
        )

    def _select(self, allowed: aws.iam.RolePolicy) -> None:
        """By ARN: a tag that somebody forgets would leave a table out in silence."""
        aws.backup.Selection(
            "tables",
            name=self._args.settings.stage.physical("tables"),
            plan_id=self.plan.id,
            iam_role_arn=self._args.identity.services["backup"].arn,
            resources=[table.arn for table in self._args.tables.values()],
            opts=pulumi.ResourceOptions(parent=self, depends_on=[allowed]),
        )

    def _backup_permissions(self, vault_rights: pulumi.Output[list[Statement]]) -> aws.iam.RolePolicy:
        args, stage = self._args, self._args.settings.stage
        tables = pulumi.Output.all(*(table.arn for table in args.tables.values()))
        keys = pulumi.Output.all(*(args.keys.data[table].arn for table in args.tables))
        granted = pulumi.Output.all(tables, keys, vault_rights).apply(
            lambda known: [
                *map(backup_statements.back_up_table, known[0]),
                *(backup_statements.read_with_key(arn, stage) for arn in known[1]),
                *backup_statements.copy_backups(stage),
                *known[2],
            ]
        )
        return self._policy("backup", granted)

    def _restore_permissions(self) -> None:
        """From the stage's own vault: a copy is first copied back."""
        args, stage = self._args, self._args.settings.stage
        keys = pulumi.Output.all(*(args.keys.data[table].arn for table in args.tables))
        granted = pulumi.Output.all(keys, args.keys.data["backup"].arn).apply(
            lambda known: [
                backup_statements.restore_tables(stage),
                *chain.from_iterable(backup_statements.fill_with_key(arn, stage) for arn in known[0]),
                *backup_statements.use_vault_key(known[1], stage),
            ]
        )
        self._policy("restore", granted)

    def _vault_rights(
        self, places: list[Place], vaults: list[aws.backup.Vault]
    ) -> pulumi.Output[list[Statement]]:
        """What the backup may do with the vaults and their keys."""
        arns = pulumi.Output.all(*(vault.arn for vault in vaults))
        keys = pulumi.Output.all(*(place.key.arn for place in places))
        return pulumi.Output.all(arns, keys).apply(
            lambda known: [
                *map(backup_statements.use_vault, known[0]),
                *chain.from_iterable(
                    backup_statements.use_vault_key(arn, place.stage)
                    for arn, place in zip(known[1], places, strict=True)
                ),
            ]
        )

    def _policy(self, role: str, granted: pulumi.Output[list[Statement]]) -> aws.iam.RolePolicy:
        return sole_policy(role, self._args.identity.services[role], granted.apply(document), self._child)
