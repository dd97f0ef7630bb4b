"""Each trial passes where everything works, and says what AWS said where it doesn't."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from ops.first_day import TRIALS, Bench, Trial, try_all
from ops.first_day.trial import attempt
from ops.verification import Outcome
from tests.infra.graphs import ROOT
from tests.unit.first_day.works import API, export, flow, history, metric, outside, snapshot
from tests.unit.verification.cloud import Cloud

BY_NAME = {trial.name: trial for trial in TRIALS}
EVERY_TRIAL = pytest.mark.parametrize("trial", TRIALS, ids=BY_NAME)
# A right that calls need, not a call.
PASSING = {"iam:PassRole"}


@EVERY_TRIAL
def test_where_everything_works_each_trial_says_what_it_saw(trial: Trial, bench: Bench, cloud: Cloud) -> None:
    saw = attempt(trial, bench)
    assert saw.outcome is Outcome.PASS, saw.evidence
    assert "\n" not in saw.evidence
    named = set(trial.calls) - PASSING
    assert set(cloud.calls) <= named, "it asks nothing that it doesn't name"


def says(answer: dict[str, Any]) -> Callable[[Any], dict[str, Any]]:
    return lambda _: answer


def failing(name: str) -> Callable[[Any], dict[str, Any]]:
    """The metrics when this one counts failures."""
    return lambda asked: metric(1) if asked["MetricName"] in (name, "Invocations") else {"Datapoints": []}


BROKEN = [
    (
        "an alarm reaches its topic",
        "cloudwatch:DescribeAlarmHistory",
        says(history("Failed to execute action: KMS")),
        "KMS",
    ),
    (
        "a finding reaches its topic",
        "cloudwatch:GetMetricStatistics",
        failing("FailedInvocations"),
        "couldn't hand it",
    ),
    (
        "a finding reaches its topic",
        "cloudwatch:GetMetricStatistics",
        failing("NumberOfNotificationsFailed"),
        "a subscriber",
    ),
    (
        "events of global services come over",
        "cloudwatch:GetMetricStatistics",
        failing("FailedInvocations"),
        "can't reach the bus",
    ),
    (
        "a heartbeat is written down",
        "cloudwatch:GetMetricStatistics",
        failing("FailedInvocations"),
        "couldn't write for tollgate-prod-heartbeat-",
    ),
    ("logs get into the archive", "s3:ListObjectsV2", says({"Contents": [{"Key": "failed/x"}]}), "failed/x"),
    (
        "a table is exported",
        "dynamodb:DescribeExport",
        says(export(ExportStatus="FAILED", FailureCode="S3", FailureMessage="Content-MD5")),
        "S3: Content-MD5",
    ),
    (
        "the trail is delivered",
        "cloudtrail:GetTrailStatus",
        says({"LatestDeliveryError": "AccessDenied"}),
        "AccessDenied",
    ),
    (
        "a configuration is delivered",
        "config:DescribeDeliveryChannelStatus",
        says(snapshot(lastStatus="Failure", lastErrorCode="InsufficientDeliveryPolicy")),
        "InsufficientDeliveryPolicy",
    ),
    ("flow logs are written", "ec2:DescribeFlowLogs", says({"FlowLogs": []}), "isn't there"),
    (
        "a table is backed up and copied",
        "backup:DescribeBackupJob",
        says({"State": "FAILED", "StatusMessage": "tags"}),
        "FAILED: tags",
    ),
    (
        "a table is backed up and copied",
        "backup:DescribeCopyJob",
        says({"CopyJob": {"State": "FAILED", "StatusMessage": "grant"}}),
        "FAILED: grant",
    ),
    (
        "functions are in their network",
        "lambda:GetFunctionConfiguration",
        says({"State": "Failed", "StateReason": "CreateNetworkInterface", "LastUpdateStatus": "Failed"}),
        "CreateNetworkInterface",
    ),
    ("the sweeper sweeps", "cloudwatch:GetMetricStatistics", failing("Errors"), "failed"),
    (
        "nobody outside has access",
        "accessanalyzer:ListFindingsV2",
        says({"findings": [outside("AWS::S3::Bucket", "arn:aws:s3:::open")]}),
        "arn:aws:s3:::open",
    ),
]


@pytest.mark.parametrize(
    ("name", "call", "answer", "evidence"), BROKEN, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_does_not_work_fails_with_aws_own_words(
    name: str, call: str, answer: Callable[[Any], dict[str, Any]], evidence: str, bench: Bench, cloud: Cloud
) -> None:
    cloud.answers[call] = answer
    saw = attempt(BY_NAME[name], bench)
    assert saw.outcome is Outcome.FAIL, saw.evidence
    assert evidence in saw.evidence


@pytest.mark.parametrize(
    ("name", "status"), [("honest questions pass the firewall", 403), ("only its own name answers", 200)]
)
def test_what_the_api_answers_decides(name: str, status: int, bench: Bench) -> None:
    saw = attempt(BY_NAME[name], replace(bench, get=lambda _: status))
    assert saw.outcome is Outcome.FAIL
    assert str(status) in saw.evidence


def test_every_trial_is_shown_to_fail() -> None:
    asked = {"honest questions pass the firewall", "only its own name answers"}
    assert {name for name, *_ in BROKEN} | asked == BY_NAME.keys()


def test_a_flow_log_that_is_refused_says_why(bench: Bench, cloud: Cloud) -> None:
    answer = cloud.answers["ec2:DescribeFlowLogs"]({})
    (live,) = answer["FlowLogs"]
    said = flow("FAILED", live["LogGroupName"], DeliverLogsErrorMessage="Access error")
    cloud.answers["ec2:DescribeFlowLogs"] = says(said)
    assert attempt(BY_NAME["flow logs are written"], bench).evidence == "Access error"


def test_what_does_not_come_in_time_is_unknown_and_nobody_waits_for_ever(bench: Bench, cloud: Cloud) -> None:
    waited: list[float] = []
    cloud.answers["s3:ListObjectsV2"] = says({})
    saw = attempt(BY_NAME["logs get into the archive"], replace(bench, wait=waited.append))
    assert saw.outcome is Outcome.UNKNOWN
    assert "within 15 minutes" in saw.evidence
    assert sum(waited) == 15 * 60


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("AccessDeniedException", Outcome.UNKNOWN),
        ("ThrottlingException", Outcome.UNKNOWN),
        ("InvalidParameterValueException", Outcome.FAIL),
    ],
)
def test_a_refusal_of_the_caller_is_unknown_and_one_of_the_stage_a_failure(
    code: str, outcome: Outcome, bench: Bench, cloud: Cloud
) -> None:
    cloud.refusals = {"backup:StartBackupJob": code}
    saw = attempt(BY_NAME["a table is backed up and copied"], bench)
    assert saw.outcome is outcome
    assert code in saw.evidence


def test_the_export_runs_in_the_deployed_schedules_role_and_goes_away(bench: Bench, cloud: Cloud) -> None:
    asked: list[Any] = []
    cloud.answers["scheduler:CreateSchedule"] = lambda request: (
        asked.append(request) or {"ScheduleArn": "arn:aws:s"}
    )
    attempt(BY_NAME["a table is exported"], bench)
    (request,) = asked
    assert request["Target"]["RoleArn"].endswith("role/tollgate-prod-export")
    assert request["ActionAfterCompletion"] == "DELETE"
    assert request["ScheduleExpression"] == "at(2026-11-22T12:02:00)"


def test_all_trials_are_told_as_they_end(bench: Bench) -> None:
    heard: list[str] = []
    seen = try_all(bench, lambda saw: heard.append(saw.trial.name))
    assert [saw.trial.name for saw in seen] == list(BY_NAME)
    assert sorted(heard) == sorted(BY_NAME)
    assert {saw.outcome for saw in seen} == {Outcome.PASS}


def test_assurance_lists_what_it_tries() -> None:
    page = (ROOT / "docs" / "assurance.md").read_text(encoding="utf-8")
    assert [name for name in BY_NAME if f"| {name} |" not in page] == []
    assert API not in page
