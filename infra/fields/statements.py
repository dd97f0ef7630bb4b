"""Statements about the card fields' files and the records of who fetched them: pure functions."""

from typing import Any

from infra.bucket_policy import bucket_arn
from infra.settings.card_fields import GLOBAL_REGION
from infra.stage import Stage
from infra.statements import WRITING, Statement, allow

CLOUDFRONT = {"Service": "cloudfront.amazonaws.com"}
DELIVERY = {"Service": "delivery.logs.amazonaws.com"}


def read_files(stage: Stage, bucket: str) -> Statement:
    """CloudFront reads the files for the account's own distribution: it has one."""
    return {
        "Sid": "Distribution",
        "Principal": CLOUDFRONT,
        **allow(["s3:GetObject"], f"{bucket_arn(bucket)}/*", _distributions(stage)),
    }


def decrypt_files(stage: Stage) -> Statement:
    """The same, of the key that the files are encrypted with."""
    return {
        "Sid": "Distribution",
        "Principal": CLOUDFRONT,
        **allow(["kms:Decrypt"], "*", _distributions(stage)),
    }


def deliver_logs(stage: Stage, bucket: str) -> list[Statement]:
    """CloudFront's and AWS WAF's logs reach the bucket the same way (CloudWatch Logs' user guide)."""
    arn = bucket_arn(bucket)
    sources = _sources(stage)
    owned = {
        **sources,
        "StringEquals": {**sources["StringEquals"], "s3:x-amz-acl": "bucket-owner-full-control"},
    }
    return [
        {
            "Sid": "LogDelivery",
            "Principal": DELIVERY,
            **allow(["s3:PutObject"], f"{arn}/AWSLogs/{stage.account_id}/*", owned),
        },
        {
            "Sid": "LogDeliveryCheck",
            "Principal": DELIVERY,
            **allow(["s3:GetBucketAcl", "s3:ListBucket"], arn, sources),
        },
    ]


def encrypt_logs(stage: Stage) -> Statement:
    """The same, of the key that the logs are encrypted with."""
    return {
        "Sid": "LogDelivery",
        "Principal": DELIVERY,
        **allow([f"kms:{operation}" for operation in WRITING], "*", _sources(stage)),
    }


def _distributions(stage: Stage) -> dict[str, Any]:
    return {
        "StringEquals": {"aws:SourceAccount": stage.account_id},
        "ArnLike": {"aws:SourceArn": f"arn:aws:cloudfront::{stage.account_id}:distribution/*"},
    }


def _sources(stage: Stage) -> dict[str, Any]:
    return {
        "StringEquals": {"aws:SourceAccount": stage.account_id},
        "ArnLike": {"aws:SourceArn": f"arn:aws:logs:{GLOBAL_REGION}:{stage.account_id}:*"},
    }
