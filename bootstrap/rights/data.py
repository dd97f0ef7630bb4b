"""What keeps data: tables, keys, secrets, queues, buckets, the archive and backups. Never the data itself."""

from bootstrap.rights.right import Grant, Right

TABLES = ("table/NAMED*",)

STORAGE = (
    Right(
        "dynamodb",
        Grant(
            "DescribeContinuousBackups DescribeContributorInsights DescribeKinesisStreamingDestination"
            " DescribeTable DescribeTimeToLive GetResourcePolicy ListTagsOfResource"
        ),
        (
            Grant(
                "CreateTable DeleteResourcePolicy DeleteTable PutResourcePolicy TagResource UntagResource"
                " UpdateContinuousBackups UpdateContributorInsights UpdateTable UpdateTimeToLive",
                TABLES,
            ),
        ),
    ),
    # Keys have no names. What a key may be used for is its policy's affair, not that of these rights.
    Right(
        "kms",
        Grant(
            "DescribeKey GetKeyPolicy GetKeyRotationStatus GetPublicKey ListAliases ListGrants"
            " ListKeyPolicies ListResourceTags"
        ),
        (
            Grant("CreateKey"),
            Grant(
                "CancelKeyDeletion DisableKey DisableKeyRotation EnableKey EnableKeyRotation PutKeyPolicy"
                " ScheduleKeyDeletion TagResource UntagResource UpdateKeyDescription",
                ("key/*",),
            ),
            Grant("CreateAlias DeleteAlias UpdateAlias", ("alias/NAMED*", "key/*")),
        ),
    ),
    Right(
        "secretsmanager",
        Grant("DescribeSecret GetResourcePolicy ListSecretVersionIds"),
        (
            Grant(
                "CreateSecret DeleteResourcePolicy DeleteSecret PutResourcePolicy RestoreSecret TagResource"
                " UntagResource UpdateSecret ValidateResourcePolicy",
                ("secret:NAMED*",),
            ),
        ),
    ),
    Right(
        "sqs",
        Grant("GetQueueAttributes GetQueueUrl ListQueueTags"),
        (Grant("CreateQueue DeleteQueue SetQueueAttributes TagQueue UntagQueue", ("NAMED*",)),),
    ),
    Right(
        "s3",
        Grant(
            "GetAccelerateConfiguration GetAccountPublicAccessBlock GetBucketAcl GetBucketCORS"
            " GetBucketLocation GetBucketLogging GetBucketNotification GetBucketObjectLockConfiguration"
            " GetBucketOwnershipControls GetBucketPolicy GetBucketPublicAccessBlock GetBucketRequestPayment"
            " GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration"
            " GetLifecycleConfiguration GetReplicationConfiguration ListAllMyBuckets ListTagsForResource"
        ),
        (
            Grant(
                "CreateBucket DeleteBucket DeleteBucketPolicy ListBucket PutBucketLogging"
                " PutBucketNotification PutBucketObjectLockConfiguration PutBucketOwnershipControls"
                " PutBucketPolicy PutBucketPublicAccessBlock PutBucketTagging PutBucketVersioning"
                " PutEncryptionConfiguration PutLifecycleConfiguration TagResource UntagResource",
                ("arn:aws:s3:::NAMED*",),
            ),
        ),
    ),
)
ARCHIVE = (
    Right(
        "firehose",
        Grant("DescribeDeliveryStream ListTagsForDeliveryStream"),
        (
            Grant(
                "CreateDeliveryStream DeleteDeliveryStream StartDeliveryStreamEncryption"
                " StopDeliveryStreamEncryption TagDeliveryStream UntagDeliveryStream UpdateDestination",
                ("deliverystream/NAMED*",),
            ),
        ),
    ),
    # Glue's names have no hyphens, and each table's right is asked for its database and the catalog as well.
    Right(
        "glue",
        Grant("GetDatabase GetPartitionIndexes GetTable GetTags"),
        (
            Grant(
                "CreateDatabase CreateTable DeleteDatabase DeleteTable TagResource UntagResource"
                " UpdateDatabase UpdateTable",
                ("catalog", "database/tollgate*", "table/tollgate*/*", "userDefinedFunction/tollgate*/*"),
            ),
        ),
    ),
    Right(
        "athena",
        Grant("GetNamedQuery GetWorkGroup ListTagsForResource"),
        (
            Grant(
                "CreateNamedQuery CreateWorkGroup DeleteNamedQuery DeleteWorkGroup TagResource UntagResource"
                " UpdateNamedQuery UpdateWorkGroup",
                ("workgroup/NAMED*",),
            ),
        ),
    ),
    Right(
        "scheduler",
        Grant("GetSchedule GetScheduleGroup ListTagsForResource"),
        (
            Grant(
                "CreateSchedule CreateScheduleGroup DeleteSchedule DeleteScheduleGroup TagResource"
                " UntagResource UpdateSchedule",
                ("schedule/*/NAMED*", "schedule-group/NAMED*"),
            ),
        ),
    ),
    # Plans and selections have ids only. A vault of the other Region keeps the copies.
    Right(
        "backup",
        Grant(
            "DescribeBackupVault GetBackupPlan GetBackupSelection GetBackupVaultAccessPolicy"
            " GetBackupVaultNotifications ListTags"
        ),
        (
            Grant(
                "CreateBackupVault DeleteBackupVault DeleteBackupVaultAccessPolicy"
                " DeleteBackupVaultLockConfiguration DeleteBackupVaultNotifications"
                " PutBackupVaultAccessPolicy PutBackupVaultLockConfiguration PutBackupVaultNotifications",
                ("arn:aws:backup:*:ACCOUNT:backup-vault:NAMED*",),
            ),
            Grant(
                "CreateBackupPlan CreateBackupSelection DeleteBackupPlan DeleteBackupSelection"
                " UpdateBackupPlan",
                ("backup-plan:*",),
            ),
            Grant(
                "TagResource UntagResource",
                ("arn:aws:backup:*:ACCOUNT:backup-vault:NAMED*", "backup-plan:*"),
            ),
        ),
    ),
    # AWS Backup keeps a vault's key here; the operation knows no narrower resource.
    Right("backup-storage", None, (Grant("MountCapsule"),)),
)
