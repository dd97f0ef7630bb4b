"""Statements that let CloudTrail and AWS Config deliver to the stage's buckets, for this stage only."""

from collections.abc import Mapping
from typing import Any

from infra.bucket_policy import bucket_arn
from infra.stage import Stage
from infra.statements import Statement, allow

# Both services ask for this with each file, as if the bucket still had access control lists.
OWNED = {"s3:x-amz-acl": "bucket-owner-full-control"}


def trail_name(stage: Stage) -> str:
    """The name of the trail of management: its key and bucket are made before it and name it."""
    return stage.physical("trail")


def data_trail_name(stage: Stage) -> str:
    """The name of the trail of the use of data."""
    return stage.physical("data-trail")


def trail_arns(stage: Stage) -> list[str]:
    """Both trails' ARNs."""
    return [stage.arn("cloudtrail", f"trail/{name(stage)}") for name in (trail_name, data_trail_name)]


def deliver_trail(stage: Stage, bucket: str) -> list[Statement]:
    """CloudTrail looks at the bucket and puts the files of the stage's own trails."""
    arn, ours = bucket_arn(bucket), {"aws:SourceArn": trail_arns(stage)}
    return [
        _service("TrailCheck", "cloudtrail", allow(["s3:GetBucketAcl"], arn, {"StringEquals": ours})),
        _service(
            "TrailDelivery",
            "cloudtrail",
            allow(
                ["s3:PutObject"],
                f"{arn}/AWSLogs/{stage.account_id}/*",
                {"StringEquals": {**ours, **OWNED}},
            ),
        ),
    ]


def deliver_configuration(stage: Stage, bucket: str) -> list[Statement]:
    """AWS Config, whose service-linked role has no rights to buckets, looks and delivers in its own name."""
    arn, ours = bucket_arn(bucket), {"aws:SourceAccount": stage.account_id}
    return [
        _service(
            "ConfigCheck", "config", allow(["s3:GetBucketAcl", "s3:ListBucket"], arn, {"StringEquals": ours})
        ),
        _service(
            "ConfigDelivery",
            "config",
            allow(
                ["s3:PutObject"],
                f"{arn}/AWSLogs/{stage.account_id}/Config/*",
                {"StringEquals": {**ours, **OWNED}},
            ),
        ),
    ]


def forward_events(bus_arn: str) -> Statement:
    """Putting events on one bus."""
    return allow(["events:PutEvents"], bus_arn)


def _service(sid: str, service: str, allowed: Mapping[str, Any]) -> Statement:
    return {"Sid": sid, "Principal": {"Service": f"{service}.amazonaws.com"}, **allowed}
