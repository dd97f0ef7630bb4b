"""What may be wrong with an account's archive."""

from tests.unit.verification.differences.difference import LONG_AGO, Difference, given, within, without

OLD_EXPORT = {"ExportStatus": "COMPLETED", "ExportTime": LONG_AGO}


DIFFERENCES = (
    Difference(
        "archive: buckets",
        "s3:GetPublicAccessBlock",
        within("PublicAccessBlockConfiguration", BlockPublicPolicy=False),
        "BlockPublicPolicy is False",
    ),
    Difference(
        "archive: buckets", "s3:GetBucketVersioning", given(Status="Suspended"), "versioning is Suspended"
    ),
    Difference(
        "archive: buckets",
        "s3:GetBucketEncryption",
        given(
            ServerSideEncryptionConfiguration={
                "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]
            }
        ),
        "encryption is AES256",
    ),
    Difference(
        "archive: object lock",
        "s3:GetObjectLockConfiguration",
        given(ObjectLockConfiguration={"Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}}}),
        "GOVERNANCE",
    ),
    Difference(
        "archive: log delivery",
        "firehose:DescribeDeliveryStream",
        within("DeliveryStreamDescription", DeliveryStreamStatus="CREATING_FAILED"),
        "CREATING_FAILED",
    ),
    Difference("archive: logs arrive", "s3:ListObjectsV2", given(KeyCount=0), "no object below logs/"),
    Difference(
        "archive: log groups", "logs:DescribeLogGroups", without("logGroups", "kmsKeyId"), "a key of ours"
    ),
    Difference(
        "archive: log groups", "logs:DescribeLogGroups", within("logGroups", retentionInDays=1), "days is 1"
    ),
    Difference("archive: log groups", "logs:DescribeLogGroups", given(logGroups=[]), "their number is 0"),
    Difference(
        "archive: subscriptions",
        "logs:DescribeSubscriptionFilters",
        within("subscriptionFilters", filterPattern="ERROR"),
        "ERROR",
    ),
    Difference("archive: schedules", "scheduler:GetSchedule", given(State="DISABLED"), "DISABLED"),
    Difference(
        "archive: exports", "dynamodb:DescribeExport", given(ExportDescription=OLD_EXPORT), "400 days old"
    ),
    Difference(
        "archive: exports",
        "dynamodb:DescribeExport",
        within("ExportDescription", ExportStatus="FAILED", FailureMessage="no access"),
        "the last one failed: no access",
    ),
)
