"""Whether logs, exports, the trail and AWS Config get into buckets that are locked, under keys of ours."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from ops.first_day.bench import Bench, BrokenError
from ops.first_day.trial import trial

BUCKET = "aws:s3/bucket:Bucket"
CHANNEL = "aws:cfg/deliveryChannel:DeliveryChannel"
FLOW_LOG = "aws:ec2/flowLog:FlowLog"
SCHEDULE = "aws:scheduler/schedule:Schedule"
TABLE = "aws:dynamodb/table:Table"
TRAIL = "aws:cloudtrail/trail:Trail"
SOON = timedelta(minutes=2)


@trial(
    "s3:ListObjectsV2",
    "s3:GetObjectRetention",
    shows="Firehose delivers logs into the locked archive, and each object is locked",
    open_until="no page of AWS says that Firehose sends the checksum that S3 wants for a default Object Lock",
    otherwise="/aws/kinesisfirehose/tollgate-<stage>-logs has it. If it is the checksum: no default lock.",
)
def logs_get_into_the_archive(bench: Bench) -> str:
    bucket = bench.account.graph.one(BUCKET, "archive").inputs["bucket"]

    def delivered() -> str | None:
        for prefix in ("failed/", f"logs/{bench.account.now:%Y/%m/%d}/"):
            found = bench.ask("s3", "ListObjectsV2", Bucket=bucket, Prefix=prefix, MaxKeys=1).get(
                "Contents", []
            )
            if found and prefix == "failed/":
                raise BrokenError(f"Firehose had to put {found[0]['Key']}: it couldn't unpack what came")
            if found:
                return found[0]["Key"]
        return None

    key = bench.until(15, delivered, "no log of today is in the archive")
    retention = bench.ask("s3", "GetObjectRetention", Bucket=bucket, Key=key)["Retention"]
    return f"{key}, locked until {retention['RetainUntilDate']:%Y-%m-%d} ({retention['Mode']})"


@trial(
    "scheduler:GetSchedule",
    "scheduler:CreateSchedule",
    "iam:PassRole",
    "dynamodb:ListExports",
    "dynamodb:DescribeExport",
    shows="The export's role may export a table under our key into the locked archive",
    open_until="no page of AWS says that DynamoDB sends the checksum that S3 wants for a default Object Lock",
    does="exports the table `audits` once more, which is locked like the others",
    otherwise="DescribeExport has the reason: a right of the role, the table's key, or the lock.",
)
def a_table_is_exported(bench: Bench) -> str:
    node = bench.account.graph.one(SCHEDULE, "audits")
    target = node.inputs["target"]
    at = bench.account.now + SOON
    bench.ask(
        "scheduler",
        "CreateSchedule",
        Name=f"{node.inputs['name']}-first-day",
        GroupName=node.inputs["groupName"],
        ScheduleExpression=f"at({at:%Y-%m-%dT%H:%M:%S})",
        ActionAfterCompletion="DELETE",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": target["arn"], "RoleArn": target["roleArn"], "Input": _live_input(bench, node)},
    )
    table = _table_arn(bench, "audits")

    def ended() -> dict[str, Any] | None:
        for each in bench.ask("dynamodb", "ListExports", TableArn=table)["ExportSummaries"]:
            export = bench.ask("dynamodb", "DescribeExport", ExportArn=each["ExportArn"])["ExportDescription"]
            if export["StartTime"] >= bench.account.now and export["ExportStatus"] != "IN_PROGRESS":
                return dict(export)
        return None

    export = bench.until(
        20, ended, "the export hasn't ended, or couldn't be started (the queue exports-dead tells)"
    )
    if export["ExportStatus"] == "FAILED":
        raise BrokenError(f"{export.get('FailureCode')}: {export.get('FailureMessage')}")
    return f"{export['ItemCount']} items, {export['ExportManifest']}"


@trial(
    "cloudtrail:GetTrailStatus",
    shows="The trail reaches its locked bucket and its log group",
    open_until="what CloudTrail is refused shows in its status only",
    otherwise="The bucket's or the key's policy (infra/detection/statements.py), or the trail's role.",
)
def the_trail_is_delivered(bench: Bench) -> str | None:
    told: list[str] = []
    for node in bench.account.graph.of_type(TRAIL):
        status = bench.ask("cloudtrail", "GetTrailStatus", Name=node.inputs["name"])
        errors = {key: status[key] for key in status if key.endswith("DeliveryError") and status[key]}
        if errors:
            raise BrokenError(f"{node.inputs['name']}: {json.dumps(errors, sort_keys=True)}")
        told.append(f"{node.inputs['name']}: {status.get('LatestDeliveryTime', 'nothing yet')}")
    return "; ".join(told) or None


@trial(
    "config:DeliverConfigSnapshot",
    "config:DescribeDeliveryChannelStatus",
    shows="AWS Config delivers into its bucket under our key",
    open_until="what AWS Config is refused shows in its status only",
    does="has AWS Config deliver a snapshot",
    otherwise="The bucket's or the key's policy (infra/detection/statements.py).",
)
def a_configuration_is_delivered(bench: Bench) -> str | None:
    channels = bench.account.graph.of_type(CHANNEL)
    if not channels:
        return None
    name = channels[0].inputs["name"]
    bench.ask("config", "DeliverConfigSnapshot", deliveryChannelName=name)

    def delivered() -> dict[str, Any] | None:
        answer = bench.ask("config", "DescribeDeliveryChannelStatus", DeliveryChannelNames=[name])
        (status,) = answer["DeliveryChannelsStatus"]
        info = status.get("configSnapshotDeliveryInfo", {})
        recent = info.get("lastAttemptTime") and info["lastAttemptTime"] >= bench.account.now
        return dict(info) if recent and info["lastStatus"] != "Not_Applicable" else None

    info = bench.until(10, delivered, "no snapshot was delivered")
    if info["lastStatus"] != "Success":
        raise BrokenError(f"{info.get('lastErrorCode')}: {info.get('lastErrorMessage')}")
    return f"a snapshot at {info['lastSuccessfulTime']:%H:%M}"


@trial(
    "ec2:DescribeFlowLogs",
    shows="Flow logs are written with the rights that their role has",
    open_until="AWS's example of the role also has DescribeLogGroups and CreateLogGroup",
    otherwise="Add the right that the message names to infra/network/statements.py.",
)
def flow_logs_are_written(bench: Bench) -> str:
    listed = bench.every("ec2", "DescribeFlowLogs", "FlowLogs")
    group = bench.account.graph.of_type(FLOW_LOG)[0].inputs["logDestination"].removesuffix(":*")
    ours = [each for each in listed if each.get("LogGroupName") == group.rpartition(":")[2]]
    if not ours:
        raise BrokenError("the stage's flow log isn't there")
    if ours[0]["DeliverLogsStatus"] != "SUCCESS":
        raise BrokenError(ours[0].get("DeliverLogsErrorMessage", "delivery failed"))
    return f"{ours[0]['FlowLogId']} delivers"


def _table_arn(bench: Bench, table: str) -> str:
    region, name = bench.account.region, bench.account.graph.one(TABLE, table).inputs["name"]
    return f"arn:aws:dynamodb:{region}:{bench.account.id}:table/{name}"


def _live_input(bench: Bench, node: Any) -> str:
    """The graph has made-up ids of keys; the deployed schedule has the real one."""
    live = bench.ask("scheduler", "GetSchedule", Name=node.inputs["name"], GroupName=node.inputs["groupName"])
    return live["Target"]["Input"]


TRIALS = (
    logs_get_into_the_archive,
    a_table_is_exported,
    the_trail_is_delivered,
    a_configuration_is_delivered,
    flow_logs_are_written,
)
