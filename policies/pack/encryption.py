"""What is stored is under a key of ours, so that who may use the key decides who may read."""

from .aws import FUNCTION, KEY, LOG_GROUP, METHOD_SETTINGS, QUEUE, SECRET, STAGE, TABLE, TOPIC, TRAIL
from .declaring import HIGH, MEDIUM, Resource, Violations, policy
from .stack import value_at

KMS = "https://docs.aws.amazon.com/kms/latest/developerguide"


def is_customer_key(key: object) -> bool:
    """Whether this names a key, and not one that AWS made for a service (`alias/aws/…`)."""
    return isinstance(key, str) and bool(key) and "alias/aws/" not in key


@policy(
    on=TABLE,
    severity=HIGH,
    pci=["3.5.1", "3.6.1"],
    remedy="Set `server_side_encryption` to enabled with the ARN of a customer managed key.",
    url="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html",
)
def table_uses_customer_key(table: Resource) -> Violations:
    """Every DynamoDB table is encrypted with a customer managed key.

    Under AWS's own key whoever may read the table may read its content, and nobody sees the key's use.
    """
    encryption = table.props.get("serverSideEncryption") or {}
    if not encryption.get("enabled") or not is_customer_key(encryption.get("kmsKeyArn")):
        yield "the table isn't encrypted with a customer managed key"


@policy(
    on=QUEUE,
    severity=HIGH,
    pci=["3.5.1", "3.6.1"],
    remedy="Set `kms_master_key_id` to a customer managed key.",
    url="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-data-encryption.html",
)
def queue_uses_customer_key(queue: Resource) -> Violations:
    """Every SQS queue is encrypted with a customer managed key."""
    if not is_customer_key(queue.props.get("kmsMasterKeyId")):
        yield "the queue isn't encrypted with a customer managed key"


@policy(
    on=TOPIC,
    severity=MEDIUM,
    pci=["3.5.1", "3.6.1"],
    remedy="Set `kms_master_key_id` to a customer managed key that the publishing services may use.",
    url="https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html",
)
def topic_uses_customer_key(topic: Resource) -> Violations:
    """Every SNS topic is encrypted with a customer managed key.

    CloudWatch and EventBridge can't publish to a topic under AWS's own key: its alarms would be silent.
    """
    if not is_customer_key(topic.props.get("kmsMasterKeyId")):
        yield "the topic isn't encrypted with a customer managed key"


@policy(
    on=LOG_GROUP,
    severity=HIGH,
    pci=["3.5.1", "10.3.1"],
    remedy="Set `kms_key_id` to a customer managed key.",
    url="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
)
def log_group_uses_customer_key(group: Resource) -> Violations:
    """Every log group is encrypted with a customer managed key."""
    if not is_customer_key(group.props.get("kmsKeyId")):
        yield "the log group isn't encrypted with a customer managed key"


@policy(
    on=SECRET,
    severity=HIGH,
    pci=["3.6.1.2", "8.3.2"],
    remedy="Set `kms_key_id` to a customer managed key.",
    url="https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html",
)
def secret_uses_customer_key(secret: Resource) -> Violations:
    """Every secret is encrypted with a customer managed key."""
    if not is_customer_key(secret.props.get("kmsKeyId")):
        yield "the secret isn't encrypted with a customer managed key"


@policy(
    on=FUNCTION,
    severity=MEDIUM,
    pci=["3.5.1"],
    remedy="Set `kms_key_arn` to a customer managed key that the function's role may decrypt with.",
    url="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html",
)
def function_environment_uses_customer_key(function: Resource) -> Violations:
    """A function's environment variables are encrypted with a customer managed key."""
    if value_at(function.props, "environment.variables") and not is_customer_key(
        function.props.get("kmsKeyArn")
    ):
        yield "the environment isn't encrypted with a customer managed key"


@policy(
    on="aws:backup/vault:Vault",
    severity=HIGH,
    pci=["3.5.1", "3.6.1"],
    remedy="Set `kms_key_arn` to a customer managed key.",
    url="https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html",
)
def backup_vault_uses_customer_key(vault: Resource) -> Violations:
    """Every backup vault is encrypted with a customer managed key."""
    if not is_customer_key(vault.props.get("kmsKeyArn")):
        yield "the vault isn't encrypted with a customer managed key"


@policy(
    on=TRAIL,
    severity=HIGH,
    pci=["10.3.1", "10.3.2"],
    remedy="Set `kms_key_id` to a customer managed key.",
    url="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html",
)
def trail_uses_customer_key(trail: Resource) -> Violations:
    """Every trail's files are encrypted with a customer managed key."""
    if not is_customer_key(trail.props.get("kmsKeyId")):
        yield "the trail isn't encrypted with a customer managed key"


@policy(
    on="aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
    severity=MEDIUM,
    pci=["3.5.1", "10.3.1"],
    remedy="Set `server_side_encryption` with CUSTOMER_MANAGED_CMK and a key's ARN.",
    url="https://docs.aws.amazon.com/firehose/latest/dev/encryption.html",
)
def delivery_stream_uses_customer_key(stream: Resource) -> Violations:
    """What waits in a delivery stream is encrypted with a customer managed key."""
    encryption = stream.props.get("serverSideEncryption") or {}
    if not encryption.get("enabled") or not is_customer_key(encryption.get("keyArn")):
        yield "the stream isn't encrypted with a customer managed key"


@policy(
    on="aws:athena/workgroup:Workgroup",
    severity=MEDIUM,
    pci=["3.5.1", "10.3.1"],
    remedy="Enforce the workgroup's configuration, with SSE_KMS and a key's ARN for its results.",
    url="https://docs.aws.amazon.com/athena/latest/ug/encrypting-query-results-stored-in-s3.html",
)
def query_results_use_customer_key(workgroup: Resource) -> Violations:
    """What Athena writes down is encrypted with a customer managed key, whoever asks."""
    configuration = workgroup.props.get("configuration") or {}
    if configuration.get("enforceWorkgroupConfiguration") is False:
        yield "who asks may choose another place and encryption for the results"
    if not is_customer_key(value_at(configuration, "resultConfiguration.encryptionConfiguration.kmsKeyArn")):
        yield "results aren't encrypted with a customer managed key"


@policy(
    on=KEY,
    severity=HIGH,
    pci=["3.7.4"],
    remedy="Set `enable_key_rotation=True`.",
    url=f"{KMS}/rotate-keys.html",
)
def key_rotates(key: Resource) -> Violations:
    """A symmetric key gets new material by itself, at least once a year.

    Asymmetric and HMAC keys can't be rotated by KMS; they need a procedure.
    """
    if key.props.get("customerMasterKeySpec") not in (None, "", "SYMMETRIC_DEFAULT"):
        return
    if not key.props.get("enableKeyRotation"):
        yield "rotation is off"
    elif (key.props.get("rotationPeriodInDays") or 365) > 365:
        yield f"it rotates every {key.props['rotationPeriodInDays']:.0f} days only"


@policy(
    on=(STAGE, METHOD_SETTINGS),
    severity=HIGH,
    pci=["3.3.1", "3.2.1"],
    remedy="Leave `cache_cluster_enabled` and `caching_enabled` out.",
    url="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html",
)
def answers_are_not_cached(part: Resource) -> Violations:
    """The gateway keeps no answers.

    A cache is a store of payment data without a retention rule, and gives one client's answer to another when
    its key leaves out the caller.
    """
    if part.props.get("cacheClusterEnabled") or value_at(part.props, "settings.cachingEnabled"):
        yield "answers are cached"
