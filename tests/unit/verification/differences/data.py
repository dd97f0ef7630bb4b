"""What may be wrong with an account's data."""

from tests.unit.verification.declared import NOW
from tests.unit.verification.differences.difference import LONG_AGO, Difference, given, within, without

OPEN_POLICY = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*"}]}'


DIFFERENCES = (
    Difference(
        "data: tables", "dynamodb:DescribeTable", within("Table", DeletionProtectionEnabled=False), "False"
    ),
    Difference(
        "data: tables", "dynamodb:DescribeTable", within("Table", SSEDescription={}), "encryption by KMS"
    ),
    Difference(
        "data: tables",
        "dynamodb:DescribeTable",
        within("Table", StreamSpecification={"StreamEnabled": True}),
        "vault: its stream is True",
    ),
    Difference(
        "data: recovery",
        "dynamodb:DescribeContinuousBackups",
        within(
            "ContinuousBackupsDescription",
            PointInTimeRecoveryDescription={"PointInTimeRecoveryStatus": "DISABLED"},
        ),
        "point-in-time recovery is DISABLED",
    ),
    Difference(
        "data: recovery",
        "dynamodb:DescribeTimeToLive",
        within("TimeToLiveDescription", TimeToLiveStatus="ENABLED", AttributeName="created"),
        "payments: what lets rows expire is created",
    ),
    Difference(
        "data: keys", "kms:DescribeKey", within("KeyMetadata", KeyState="PendingDeletion"), "PendingDel"
    ),
    Difference(
        "data: keys", "kms:GetKeyRotationStatus", given(KeyRotationEnabled=False), "rotation is False"
    ),
    Difference("data: keys", "kms:GetKeyPolicy", given(Policy=OPEN_POLICY), "its policy isn't the program's"),
    Difference(
        "data: secrets", "secretsmanager:DescribeSecret", given(VersionIdsToStages={}), "has no value"
    ),
    Difference(
        "data: secrets", "secretsmanager:DescribeSecret", given(LastChangedDate=LONG_AGO), "400 days old"
    ),
    Difference(
        "data: secrets", "secretsmanager:DescribeSecret", given(DeletedDate=NOW), "about to be deleted"
    ),
    Difference(
        "data: queues", "sqs:GetQueueAttributes", without("Attributes", "KmsMasterKeyId"), "a key of ours"
    ),
    Difference(
        "data: queues",
        "sqs:GetQueueAttributes",
        within("Attributes", MessageRetentionPeriod="60"),
        "seconds that messages are kept is 60",
    ),
)
