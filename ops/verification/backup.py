"""Backups: whether there are any, and whether they could be removed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from ops.verification.account import Account
from ops.verification.check import check, differ
from ops.verification.remedies import DEPLOY

if TYPE_CHECKING:
    from engine import Node

# A backup begins once a day.
LATEST = timedelta(hours=26)


@check(
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
    "backup:DescribeBackupVault",
    shows="Vaults are locked, for as long as declared",
    remedy=DEPLOY,
)
def vaults(account: Account, node: Node) -> Iterator[str]:
    declared = node.inputs
    live = account.ask("backup", "DescribeBackupVault", BackupVaultName=declared["backupVaultName"])
    yield from differ("locked", live.get("Locked", False), True)
    yield from differ("the fewest days", live.get("MinRetentionDays"), declared["minRetentionDays"])
    yield from differ("the most days", live.get("MaxRetentionDays"), declared["maxRetentionDays"])
    final = "LockDate" in live
    yield from differ("a lock that nobody takes off", final, bool(declared.get("changeableForDays")))


@check(
    "aws:backup/selection:Selection",
    "backup:ListRecoveryPointsByResource",
    shows="There is a backup of each table that began within 26 hours and is complete",
    remedy="Failed jobs have their reason in `aws backup list-backup-jobs --by-state FAILED`.",
)
def recovery_points(account: Account, node: Node) -> Iterator[str]:
    for table in node.inputs["resources"]:
        name = table.rpartition("/")[2]
        listed = account.every("backup", "ListRecoveryPointsByResource", "RecoveryPoints", ResourceArn=table)
        complete = [point["CreationDate"] for point in listed if point["Status"] == "COMPLETED"]
        if not complete:
            yield f"{name} has no backup"
        elif account.now - max(complete) > LATEST:
            yield f"{name}: the last backup is of {max(complete):%Y-%m-%d %H:%M}"


CHECKS = (vaults, recovery_points)
