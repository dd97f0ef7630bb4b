"""An account in which everything works: what it answers to each call of a trial."""

from datetime import UTC, datetime, timedelta
from typing import Any

from engine import Graph
from tests.unit.verification.cloud import Answer

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)
ROLE = "arn:aws:iam::333333333333:role/tollgate-deploy"
POINT = "arn:aws:backup:eu-west-1:333333333333:recovery-point:1"
API = "liveapi123"
SCHEDULE = {
    "Input": "{}",
    "Arn": "arn:aws:scheduler:::aws-sdk:dynamodb:exportTableToPointInTime",
    "RoleArn": ROLE,
}
FAILURES = ("FailedInvocations", "NumberOfNotificationsFailed", "Errors")


def status(address: str) -> int:
    """AWS's own name is closed, and nobody has a token."""
    return 403 if f"{API}.execute-api" in address else 401


def metric(value: float) -> dict[str, Any]:
    return {"Datapoints": [{"Sum": value, "Timestamp": SOON}]}


def counted(asked: Any) -> dict[str, Any]:
    return {"Datapoints": []} if asked["MetricName"] in FAILURES else metric(2)


def export(**changed: Any) -> dict[str, Any]:
    done = {"ExportStatus": "COMPLETED", "ItemCount": 7, "ExportManifest": "exports/audits/manifest"}
    return {"ExportDescription": {"StartTime": SOON, **done, **changed}}


def snapshot(**changed: Any) -> dict[str, Any]:
    info = {"lastStatus": "Success", "lastAttemptTime": SOON, "lastSuccessfulTime": SOON}
    return {"DeliveryChannelsStatus": [{"name": "recorder", "configSnapshotDeliveryInfo": info | changed}]}


def objects(asked: Any) -> dict[str, Any]:
    key = f"{asked['Prefix']}tollgate.gz"
    return {"Contents": [{"Key": key}]} if asked["Prefix"].startswith("logs/") else {}


def answers(graph: Graph) -> dict[str, Answer]:
    flow_log = graph.of_type("aws:ec2/flowLog:FlowLog")[0].inputs["logDestination"].split(":log-group:")[1]
    retained = {"Mode": "COMPLIANCE", "RetainUntilDate": NOW + timedelta(days=400)}
    fixed: dict[str, dict[str, Any]] = {
        "accessanalyzer:ListAnalyzers": {"analyzers": [analyzer(graph)]},
        "accessanalyzer:ListFindingsV2": {"findings": [outside("AWS::IAM::Role", ROLE)]},
        "apigateway:GetRestApis": {"items": [{"id": API, "name": "tollgate-prod-api"}]},
        "backup:DescribeBackupJob": {"State": "COMPLETED", "RecoveryPointArn": POINT},
        "backup:DescribeCopyJob": {"CopyJob": {"State": "COMPLETED"}},
        "backup:StartBackupJob": {"BackupJobId": "job-1"},
        "backup:StartCopyJob": {"CopyJobId": "copy-1"},
        "cloudtrail:GetTrailStatus": {"IsLogging": True, "LatestDeliveryTime": SOON},
        "cloudwatch:DescribeAlarmHistory": history("Successfully executed action arn:aws:sns:…"),
        "cloudwatch:SetAlarmState": {},
        "config:DeliverConfigSnapshot": {"configSnapshotId": "1"},
        "config:DescribeDeliveryChannelStatus": snapshot(),
        "dynamodb:DescribeExport": export(),
        "dynamodb:ListExports": {
            "ExportSummaries": [{"ExportArn": "arn:aws:dynamodb:export/1-aaaaaaaaaaaaaaa"}]
        },
        "ec2:DescribeFlowLogs": flow("SUCCESS", flow_log.removesuffix(":*")),
        "guardduty:CreateSampleFindings": {},
        "guardduty:ListDetectors": {"DetectorIds": ["detector"]},
        "lambda:GetFunctionConfiguration": {"State": "Active", "LastUpdateStatus": "Successful"},
        "logs:FilterLogEvents": {"events": [{"message": "{}", "timestamp": int(SOON.timestamp() * 1000)}]},
        "s3:GetObjectRetention": {"Retention": retained},
        "scheduler:CreateSchedule": {"ScheduleArn": "arn:aws:scheduler:eu-west-1:333333333333:schedule/a/b"},
        "scheduler:GetSchedule": {"Target": SCHEDULE},
    }
    made: dict[str, Answer] = {call: _always(answer) for call, answer in fixed.items()}
    return made | {"cloudwatch:GetMetricStatistics": counted, "s3:ListObjectsV2": objects}


def _always(answer: dict[str, Any]) -> Answer:
    return lambda _: answer


def history(summary: str) -> dict[str, Any]:
    return {"AlarmHistoryItems": [{"HistorySummary": summary}]}


def flow(status: str, group: str, **more: Any) -> dict[str, Any]:
    return {"FlowLogs": [{"FlowLogId": "fl-1", "LogGroupName": group, "DeliverLogsStatus": status, **more}]}


def analyzer(graph: Graph) -> dict[str, Any]:
    arn = "arn:aws:access-analyzer:eu-west-1:333333333333:analyzer/outside"
    name = graph.one("aws:accessanalyzer/analyzer:Analyzer", "external-access").inputs["analyzerName"]
    return {"arn": arn, "name": name, "type": "ACCOUNT", "createdAt": NOW, "status": "ACTIVE"}


def outside(kind: str, resource: str) -> dict[str, Any]:
    at = {"analyzedAt": NOW, "createdAt": NOW, "updatedAt": NOW}
    return {"id": "1", "resource": resource, "resourceType": kind, "status": "ACTIVE", **at} | {
        "resourceOwnerAccount": "333333333333"
    }
