"""Cases of `policies/pack/encryption.py`."""

from policies.pack import encryption
from policies.pack.aws import (
    FUNCTION,
    KEY,
    LOG_GROUP,
    METHOD_SETTINGS,
    QUEUE,
    SECRET,
    STAGE,
    TABLE,
    TOPIC,
    TRAIL,
)
from tests.policies.case import Case
from tests.policies.patches import change
from tests.policies.resources import KEY_ARN, UNKNOWN, resource

VAULT = "aws:backup/vault:Vault"
STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
WORKGROUP = "aws:athena/workgroup:Workgroup"
RESULTS = "configuration.resultConfiguration.encryptionConfiguration"


def _sse(key: str) -> dict[str, object]:
    return {"enabled": True, "kmsKeyArn": key}


def _workgroup(key: str, enforced: bool = True) -> dict[str, object]:
    return {
        "enforceWorkgroupConfiguration": enforced,
        "resultConfiguration": {"encryptionConfiguration": {"kmsKeyArn": key}},
    }


CASES = [
    Case(
        encryption.table_uses_customer_key,
        passes=[resource(TABLE, serverSideEncryption=_sse(KEY_ARN))],
        fails=[resource(TABLE)],
        unknown=[resource(TABLE, serverSideEncryption=_sse(UNKNOWN))],
        broken=change(TABLE, "payments", {"serverSideEncryption.kmsKeyArn": None}),
    ),
    Case(
        encryption.queue_uses_customer_key,
        passes=[resource(QUEUE, kmsMasterKeyId=KEY_ARN)],
        fails=[resource(QUEUE, kmsMasterKeyId="alias/aws/sqs")],
        unknown=[resource(QUEUE, kmsMasterKeyId=UNKNOWN)],
        broken=change(QUEUE, "operations", {"kmsMasterKeyId": None, "sqsManagedSseEnabled": True}),
    ),
    Case(
        encryption.topic_uses_customer_key,
        passes=[resource(TOPIC, kmsMasterKeyId=KEY_ARN)],
        fails=[resource(TOPIC, kmsMasterKeyId="alias/aws/sns")],
        unknown=[resource(TOPIC, kmsMasterKeyId=UNKNOWN)],
        broken=change(TOPIC, "urgent", {"kmsMasterKeyId": "alias/aws/sns"}),
    ),
    Case(
        encryption.log_group_uses_customer_key,
        passes=[resource(LOG_GROUP, kmsKeyId=KEY_ARN)],
        fails=[resource(LOG_GROUP)],
        unknown=[resource(LOG_GROUP, kmsKeyId=UNKNOWN)],
        broken=change(LOG_GROUP, "payments", {"kmsKeyId": None}),
    ),
    Case(
        encryption.secret_uses_customer_key,
        passes=[resource(SECRET, kmsKeyId=KEY_ARN)],
        fails=[resource(SECRET, kmsKeyId="alias/aws/secretsmanager")],
        unknown=[resource(SECRET, kmsKeyId=UNKNOWN)],
        broken=change(SECRET, "card-keys", {"kmsKeyId": None}),
    ),
    Case(
        encryption.function_environment_uses_customer_key,
        passes=[
            resource(FUNCTION, environment={"variables": {"A": "b"}}, kmsKeyArn=KEY_ARN),
            resource(FUNCTION, "bare"),
        ],
        fails=[resource(FUNCTION, environment={"variables": {"A": "b"}})],
        unknown=[resource(FUNCTION, environment={"variables": {"A": "b"}}, kmsKeyArn=UNKNOWN)],
        broken=change(FUNCTION, "payments", {"kmsKeyArn": None}),
    ),
    Case(
        encryption.backup_vault_uses_customer_key,
        passes=[resource(VAULT, kmsKeyArn=KEY_ARN)],
        fails=[resource(VAULT)],
        unknown=[resource(VAULT, kmsKeyArn=UNKNOWN)],
        broken=change(VAULT, "backups", {"kmsKeyArn": None}),
    ),
    Case(
        encryption.trail_uses_customer_key,
        passes=[resource(TRAIL, kmsKeyId=KEY_ARN)],
        fails=[resource(TRAIL)],
        unknown=[resource(TRAIL, kmsKeyId=UNKNOWN)],
        broken=change(TRAIL, "trail", {"kmsKeyId": None}),
    ),
    Case(
        encryption.delivery_stream_uses_customer_key,
        passes=[resource(STREAM, serverSideEncryption={"enabled": True, "keyArn": KEY_ARN})],
        fails=[resource(STREAM, serverSideEncryption={"enabled": True, "keyType": "AWS_OWNED_CMK"})],
        unknown=[resource(STREAM, serverSideEncryption={"enabled": True, "keyArn": UNKNOWN})],
        broken=change(STREAM, "logs", {"serverSideEncryption.enabled": False}),
    ),
    Case(
        encryption.query_results_use_customer_key,
        passes=[resource(WORKGROUP, configuration=_workgroup(KEY_ARN))],
        fails=[resource(WORKGROUP, configuration=_workgroup(KEY_ARN, enforced=False))],
        unknown=[resource(WORKGROUP, configuration=_workgroup(UNKNOWN))],
        broken=change(WORKGROUP, "archive", {f"{RESULTS}.kmsKeyArn": None}),
    ),
    Case(
        encryption.key_rotates,
        passes=[
            resource(KEY, enableKeyRotation=True),
            resource(KEY, "signing", customerMasterKeySpec="ECC_NIST_P256"),
        ],
        fails=[resource(KEY, enableKeyRotation=True, rotationPeriodInDays=1000)],
        unknown=[resource(KEY, enableKeyRotation=UNKNOWN)],
        broken=change(KEY, "vault", {"enableKeyRotation": False}),
    ),
    Case(
        encryption.answers_are_not_cached,
        passes=[resource(STAGE), resource(METHOD_SETTINGS, settings={"cachingEnabled": False})],
        fails=[resource(STAGE, cacheClusterEnabled=True)],
        unknown=[resource(METHOD_SETTINGS, settings={"cachingEnabled": UNKNOWN})],
        broken=change(METHOD_SETTINGS, "live", {"settings.cachingEnabled": True}),
    ),
]
