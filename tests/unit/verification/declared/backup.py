"""What an account as declared says of its backup."""

from datetime import timedelta
from typing import Any

from engine import Graph
from tests.unit.verification.declared.answering import NOW, RECENTLY, Inputs, one, to


@to("backup:DescribeBackupVault")
def vault(graph: Graph, asked: Inputs) -> dict[str, Any]:
    kind = "backup/vaultLockConfiguration:VaultLockConfiguration"
    declared = one(graph, kind, backupVaultName=asked["BackupVaultName"])
    return {
        "Locked": True,
        "MinRetentionDays": declared["minRetentionDays"],
        "MaxRetentionDays": declared["maxRetentionDays"],
        "LockDate": NOW,
    }


@to("backup:ListRecoveryPointsByResource")
def recovery_points(graph: Graph, asked: Inputs) -> dict[str, Any]:
    old = {"Status": "COMPLETED", "CreationDate": NOW - timedelta(days=30)}
    running = {"Status": "PARTIAL", "CreationDate": NOW}
    return {"RecoveryPoints": [old, {"Status": "COMPLETED", "CreationDate": RECENTLY}, running]}
