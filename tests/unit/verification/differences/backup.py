"""What may be wrong with an account's backup."""

from tests.unit.verification.differences.difference import LONG_AGO, Difference, given, within

DIFFERENCES = (
    Difference("backup: vaults", "backup:DescribeBackupVault", given(Locked=False), "locked is False"),
    Difference(
        "backup: vaults",
        "backup:DescribeBackupVault",
        lambda a: {name: value for name, value in a.items() if name != "LockDate"},
        "a lock that nobody takes off is False",
    ),
    Difference(
        "backup: recovery points",
        "backup:ListRecoveryPointsByResource",
        within("RecoveryPoints", CreationDate=LONG_AGO),
        "the last backup is of 2025",
    ),
    Difference(
        "backup: recovery points",
        "backup:ListRecoveryPointsByResource",
        within("RecoveryPoints", Status="PARTIAL"),
        "tollgate-prod-payments has no backup",
    ),
)
