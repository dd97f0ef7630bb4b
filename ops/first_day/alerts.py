"""Whether alarms, findings and what happens in us-east-1 get to the topics that people hear of."""

from __future__ import annotations

from datetime import timedelta

from ops.first_day.bench import Bench, BrokenError
from ops.first_day.trial import trial
from ops.verification.check import UnclearError

ALARM = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
DETECTOR = "aws:guardduty/detector:Detector"
LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup"
RULE = "aws:cloudwatch/eventRule:EventRule"
TOPIC = "aws:sns/topic:Topic"
# A sample of high severity.
SAMPLED = "Backdoor:Lambda/C&CActivity.B"
GLOBAL_REGION = "us-east-1"
# A metric's minute begins before the call that it counts.
JUST_NOW = timedelta(minutes=1)


@trial(
    "cloudwatch:SetAlarmState",
    "cloudwatch:DescribeAlarmHistory",
    shows="An alarm gets through the topic's policy and its key",
    open_until="whether CloudWatch names its source to both, as their conditions ask",
    does="raises `payments-down` for a minute, as a drill: people are told",
    otherwise="The topic's policy or its key's: infra/publishers.py.",
)
def an_alarm_reaches_its_topic(bench: Bench) -> str:
    (node,) = bench.account.graph.of_type(ALARM)
    name = node.inputs["alarmName"]
    bench.ask("cloudwatch", "SetAlarmState", AlarmName=name, StateValue="ALARM", StateReason="Drill")

    def acted() -> str | None:
        listed = bench.every(
            "cloudwatch",
            "DescribeAlarmHistory",
            "AlarmHistoryItems",
            AlarmName=name,
            AlarmTypes=["CompositeAlarm"],
            HistoryItemType="Action",
            StartDate=bench.account.now,
        )
        return listed[0]["HistorySummary"] if listed else None

    summary = bench.until(3, acted, "CloudWatch has told of no action")
    if "Successfully" not in summary:
        raise BrokenError(summary)
    return f"{summary}; is there a mail?"


@trial(
    "guardduty:ListDetectors",
    "guardduty:CreateSampleFindings",
    "cloudwatch:GetMetricStatistics",
    shows="A finding gets from EventBridge to its topic",
    open_until="that a topic's policy must have no condition for EventBridge is AWS's word, not measured",
    does="makes a sample finding of GuardDuty, which people are told of",
    otherwise="The statement for events.amazonaws.com in infra/publishers.py, or the key's for it.",
)
def a_finding_reaches_its_topic(bench: Bench) -> str | None:
    graph = bench.account.graph
    if not graph.of_type(DETECTOR):
        return None
    (detector,) = bench.ask("guardduty", "ListDetectors")["DetectorIds"]
    bench.ask("guardduty", "CreateSampleFindings", DetectorId=detector, FindingTypes=[SAMPLED])
    rule = {"RuleName": graph.one(RULE, "guardduty-high").inputs["name"]}
    topic = {"TopicName": graph.one(TOPIC, "urgent").inputs["name"]}

    def handed_over() -> float | None:
        if bench.sum("AWS/Events", "FailedInvocations", rule, JUST_NOW):
            raise BrokenError(
                f"EventBridge couldn't hand it to the topic (FailedInvocations of {rule['RuleName']})"
            )
        return bench.sum("AWS/Events", "Invocations", rule, JUST_NOW) or None

    count = bench.until(10, handed_over, "EventBridge has heard of no finding")
    if bench.sum("AWS/SNS", "NumberOfNotificationsFailed", topic, JUST_NOW):
        raise BrokenError("SNS couldn't deliver it to a subscriber")
    return f"{count:.0f} handed over, none failed; is there a mail 'GuardDuty sees a high threat'?"


@trial(
    "cloudwatch:GetMetricStatistics",
    shows="Events of us-east-1 (root, sign-in, IAM) reach the stage's Region",
    open_until="whether an event that a rule's clock makes is passed on like others",
    otherwise="The role tollgate-<stage>-findings, and FailedInvocations of the rule in us-east-1.",
)
def events_of_global_services_come_over(bench: Bench) -> str | None:
    abroad = [node for node in bench.account.graph.of_type(RULE) if node.name == f"heartbeat-{GLOBAL_REGION}"]
    if not abroad:
        return None
    there = {"RuleName": abroad[0].inputs["name"]}
    here = {"RuleName": bench.account.graph.one(RULE, "heartbeat-worldwide").inputs["name"]}
    if bench.abroad(GLOBAL_REGION).sum("AWS/Events", "FailedInvocations", there):
        raise BrokenError(f"the rule in {GLOBAL_REGION} can't reach the bus")
    count = bench.sum("AWS/Events", "Invocations", here)
    if not count:
        raise UnclearError("none has come in two hours; the first is sent an hour after the deployment")
    return f"{count:.0f} came in two hours"


@trial(
    "cloudwatch:GetMetricStatistics",
    "logs:FilterLogEvents",
    shows="EventBridge writes a backup or an export that is done into the log group of heartbeats",
    open_until="whether the group's policy and key let it: alarms of a missing backup or export count on it",
    otherwise="The policy in infra/observability/heartbeats.py, or the key's for CloudWatch Logs.",
)
def a_heartbeat_is_written_down(bench: Bench) -> str:
    graph, since = bench.account.graph, int(bench.account.now.timestamp() * 1000)
    rules = [
        node.inputs["name"]
        for node in graph.of_type(RULE)
        if node.name.startswith("heartbeat-") and "region" not in node.inputs
    ]
    group = graph.one(LOG_GROUP, "heartbeats").inputs["name"]

    def written() -> int | None:
        for rule in rules:
            if bench.sum("AWS/Events", "FailedInvocations", {"RuleName": rule}, JUST_NOW):
                raise BrokenError(f"EventBridge couldn't write for {rule}")
        listed = bench.every("logs", "FilterLogEvents", "events", logGroupName=group, startTime=since)
        return len(listed) or None

    count = bench.until(20, written, f"nothing is in {group}: neither backup nor export of the other trials")
    return f"{count} in {group} since the trials began"


TRIALS = (
    an_alarm_reaches_its_topic,
    a_finding_reaches_its_topic,
    events_of_global_services_come_over,
    a_heartbeat_is_written_down,
)
