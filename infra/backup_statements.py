"""Statements of the roles that AWS Backup takes: what it may do with tables, vaults and keys.

The actions are those of AWS's own policies for AWS Backup that DynamoDB needs, on our resources only.
"""

from infra.stage import Stage
from infra.statements import WRITING, Statement, allow, through


def back_up_table(table_arn: str) -> Statement:
    """Taking a backup of one table."""
    operations = ("DescribeTable", "ListTagsOfResource", "StartAwsBackupJob")
    return allow([f"dynamodb:{operation}" for operation in operations], table_arn)


def restore_tables(stage: Stage) -> Statement:
    """Making a table from a backup: one with a name of the stage, since a new one has no ARN yet."""
    tables = stage.arn("dynamodb", f"table/{stage.physical('*')}")
    return allow(["dynamodb:DescribeTable", "dynamodb:RestoreTableFromAwsBackup"], tables)


def read_with_key(key_arn: str, stage: Stage) -> Statement:
    """Having DynamoDB read a table that is encrypted with the key, for its backup."""
    return allow([f"kms:{operation}" for operation in WRITING], key_arn, through(stage, "dynamodb"))


def fill_with_key(key_arn: str, stage: Stage) -> list[Statement]:
    """Having DynamoDB make and fill a table that is encrypted with the key."""
    operations = ("Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo")
    condition = through(stage, "dynamodb")
    granting = {**condition, "Bool": {"kms:GrantIsForAWSResource": "true"}}
    return [
        allow([f"kms:{operation}" for operation in operations], key_arn, condition),
        allow(["kms:CreateGrant"], key_arn, granting),
    ]


def use_vault(vault_arn: str) -> Statement:
    """Putting a backup, or a copy of one, into a vault."""
    return allow(["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"], vault_arn)


def copy_backups(stage: Stage) -> list[Statement]:
    """Copying backups out of the stage's vaults, with their tables' tags; into which, the other side says.

    A backup's ARN doesn't tell its vault, and isn't known before; a copy's is in the other Region.
    """
    everywhere = f"arn:aws:backup:*:{stage.account_id}:recovery-point:*"
    return [
        allow(["backup:CopyFromBackupVault"], stage.arn("backup", "recovery-point:*")),
        allow(["backup:TagResource"], everywhere),
    ]


def refuse_deletion() -> Statement:
    """On a vault: nobody deletes a backup or shortens its life (AWS Config's developer guide,
    backup-recovery-point-manual-deletion-disabled)."""
    operations = ("DeleteRecoveryPoint", "PutBackupVaultAccessPolicy", "UpdateRecoveryPointLifecycle")
    return {
        "Sid": "NoDeletion",
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": [f"backup:{operation}" for operation in operations],
        "Resource": "*",
    }


def use_vault_key(key_arn: str, stage: Stage) -> list[Statement]:
    """Having AWS Backup encrypt backups with a vault's key, and open them again. `stage`: in its region."""
    condition = through(stage, "backup")
    granting = {**condition, "Bool": {"kms:GrantIsForAWSResource": "true"}}
    return [
        allow([f"kms:{operation}" for operation in ("DescribeKey", *WRITING)], key_arn, condition),
        allow(["kms:CreateGrant"], key_arn, granting),
    ]
