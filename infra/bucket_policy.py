"""Statements of bucket policies: pure functions of ARNs. Those on roles are in `statements`."""

from infra.stage import Stage
from infra.statements import Statement, allow

WAF_LOGS = "aws-waf-logs-"


def bucket_arn(physical_name: str) -> str:
    """A bucket's ARN follows from its name."""
    return f"arn:aws:s3:::{physical_name}"


def refuse_plain_text(arn: str) -> Statement:
    """Nobody reaches the bucket without TLS."""
    return _refuse("TlsOnly", arn, {"Bool": {"aws:SecureTransport": "false"}})


def refuse_old_tls(arn: str) -> Statement:
    """Nobody reaches the bucket with TLS older than 1.2."""
    return _refuse("NoOldTls", arn, {"NumericLessThan": {"s3:TlsVersion": "1.2"}})


def refuse_other_encryption(arn: str, key_arn: str) -> Statement:
    """Whoever asks for an encryption asks for the bucket's key, by its ARN; who doesn't gets it by default.

    A request that asks for KMS without naming a key would get the account's shared `aws/s3`: an absent key is
    unequal, so it is refused as well.
    """
    return {
        "Sid": "NoOtherEncryption",
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        "Action": ["s3:PutObject"],
        "Resource": f"{arn}/*",
        "Condition": {
            "Null": {"s3:x-amz-server-side-encryption": "false"},
            "ArnNotEquals": {"s3:x-amz-server-side-encryption-aws-kms-key-id": key_arn},
        },
    }


def receive_access_logs(stage: Stage, arn: str) -> Statement:
    """S3 delivers the access logs of the stage's own buckets, and of no others.

    AWS WAF insists on how the name of a bucket for its log begins.
    """
    condition = {
        "StringEquals": {"aws:SourceAccount": stage.account_id},
        "ArnLike": {
            "aws:SourceArn": [bucket_arn(f"{prefix}{stage.bucket('*')}") for prefix in ("", WAF_LOGS)]
        },
    }
    return {
        "Sid": "AccessLogs",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        **allow(["s3:PutObject"], f"{arn}/*", condition),
    }


def _refuse(sid: str, arn: str, condition: dict[str, dict[str, str]]) -> Statement:
    return {
        "Sid": sid,
        "Effect": "Deny",
        "Principal": {"AWS": "*"},
        # All that there is: a refusal with a list would miss what S3 learns next year.
        "Action": ["s3:*"],
        "Resource": [arn, f"{arn}/*"],
        "Condition": condition,
    }
