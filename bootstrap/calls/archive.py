"""The archive of logs and tables, how it is asked, and backups."""

from collections.abc import Mapping, Sequence

from bootstrap.calls.calls import ANY, Calls, linked, passing

# Glue's names have no hyphens. What is done in the catalog takes the right to it and to all on the way.
DATABASE = "database/{name:tollgate*}"
TABLE_DATABASE = "database/{databaseName:tollgate*}"
TABLE = "table/{databaseName:tollgate*}/{name:*}"
# A vault of the other Region keeps the copies.
VAULT = "arn:aws:backup:{region:*}:{account}:backup-vault:"

ARCHIVE: Mapping[str, Sequence[Calls]] = {
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (
        Calls(
            "firehose",
            "deliverystream/{name:NAMED*}",
            create="CreateDeliveryStream StartDeliveryStreamEncryption TagDeliveryStream",
            read="DescribeDeliveryStream ListTagsForDeliveryStream",
            update="StartDeliveryStreamEncryption StopDeliveryStreamEncryption TagDeliveryStream"
            " UntagDeliveryStream UpdateDestination",
            delete="DeleteDeliveryStream",
        ),
        passing("extendedS3Configuration.roleArn", "firehose"),
    ),
    "aws:glue/catalogDatabase:CatalogDatabase": (
        *(
            Calls(
                "glue",
                resource,
                create="CreateDatabase",
                read="GetDatabase",
                update="UpdateDatabase",
                delete="DeleteDatabase",
            )
            for resource in ("catalog", DATABASE)
        ),
        Calls("glue", DATABASE, create="TagResource", read="GetTags", update="TagResource UntagResource"),
        *(
            Calls("glue", f"{kind}/{{name:tollgate*}}/*", delete="DeleteDatabase")
            for kind in ("table", "userDefinedFunction")
        ),
    ),
    "aws:glue/catalogTable:CatalogTable": tuple(
        Calls(
            "glue",
            resource,
            create="CreateTable",
            read="GetPartitionIndexes GetTable",
            update="UpdateTable",
            delete="DeleteTable",
        )
        for resource in ("catalog", TABLE_DATABASE, TABLE)
    ),
    "aws:athena/workgroup:Workgroup": (
        Calls(
            "athena",
            "workgroup/{name:NAMED*}",
            create="CreateWorkGroup TagResource",
            read="GetWorkGroup ListTagsForResource",
            update="TagResource UntagResource UpdateWorkGroup",
            delete="DeleteWorkGroup",
        ),
    ),
    "aws:athena/namedQuery:NamedQuery": (
        Calls(
            "athena",
            "workgroup/{workgroup:NAMED*}",
            create="CreateNamedQuery",
            read="GetNamedQuery",
            delete="DeleteNamedQuery",
        ),
    ),
    "aws:scheduler/scheduleGroup:ScheduleGroup": (
        Calls(
            "scheduler",
            "schedule-group/{name:NAMED*}",
            create="CreateScheduleGroup TagResource",
            read="GetScheduleGroup ListTagsForResource",
            update="TagResource UntagResource",
            delete="DeleteScheduleGroup",
        ),
    ),
    "aws:scheduler/schedule:Schedule": (
        Calls(
            "scheduler",
            "schedule/{groupName:NAMED*}/{name:NAMED*}",
            create="CreateSchedule",
            read="GetSchedule",
            update="UpdateSchedule",
            delete="DeleteSchedule",
        ),
        passing("target.roleArn", "scheduler"),
    ),
    "aws:backup/vault:Vault": (
        Calls(
            "backup",
            VAULT + "{name:NAMED*}",
            create="CreateBackupVault TagResource",
            read="DescribeBackupVault ListTags",
            update="TagResource UntagResource",
            delete="DeleteBackupVault",
        ),
        # AWS Backup keeps a vault's key here; the operation knows no narrower resource.
        Calls("backup-storage", ANY, create="MountCapsule"),
        # A grant is retired in the caller's name (AWS Backup's developer guide, Creating a vault); a key's
        # policy can't allow that.
        Calls("kms", "{kmsKeyArn:arn:aws:kms:*:ACCOUNT:key/*}", create="RetireGrant"),
        # In a stage that may be thrown away the provider empties a vault before it removes it.
        Calls(
            "backup", VAULT + "{name:NAMED*}", delete="ListRecoveryPointsByBackupVault", given="forceDestroy"
        ),
        Calls(
            "backup",
            "arn:aws:backup:{region:*}:{account}:recovery-point:*",
            delete="DeleteRecoveryPoint",
            given="forceDestroy",
        ),
    ),
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration": (
        Calls(
            "backup",
            VAULT + "{backupVaultName:NAMED*}",
            create="PutBackupVaultLockConfiguration",
            read="DescribeBackupVault",
            update="PutBackupVaultLockConfiguration",
            delete="DeleteBackupVaultLockConfiguration",
        ),
    ),
    "aws:backup/vaultPolicy:VaultPolicy": (
        Calls(
            "backup",
            VAULT + "{backupVaultName:NAMED*}",
            create="PutBackupVaultAccessPolicy",
            read="GetBackupVaultAccessPolicy",
            update="PutBackupVaultAccessPolicy",
            delete="DeleteBackupVaultAccessPolicy",
        ),
    ),
    "aws:backup/regionSettings:RegionSettings": (
        Calls(
            "backup",
            ANY,
            create="UpdateRegionSettings",
            read="DescribeRegionSettings",
            update="UpdateRegionSettings",
        ),
    ),
    # Plans and selections have ids only.
    "aws:backup/plan:Plan": (
        Calls(
            "backup",
            "backup-plan:{id:*}",
            create="CreateBackupPlan TagResource",
            read="GetBackupPlan ListTags",
            update="TagResource UntagResource UpdateBackupPlan",
            delete="DeleteBackupPlan",
        ),
    ),
    "aws:backup/selection:Selection": (
        Calls(
            "backup",
            "backup-plan:{planId:*}",
            create="CreateBackupSelection",
            read="GetBackupSelection",
            delete="DeleteBackupSelection",
        ),
        passing("iamRoleArn", "backup"),
        linked("backup"),
    ),
}
