"""Alarms, who is told, and the budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ops.verification.account import Account
from ops.verification.check import check, differ
from ops.verification.remedies import DEPLOY

if TYPE_CHECKING:
    from engine import Node

# Some series have a point a day only.
NO_DATA = timedelta(days=1)
RUNBOOK = "Each alarm has its section in docs/runbook/alarms.md. "


@check(
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "cloudwatch:DescribeAlarms",
    shows="Every alarm tells its topic, has had data within a day, and is not raised",
    remedy=RUNBOOK + DEPLOY,
)
def alarms(account: Account, node: Node) -> Iterator[str]:
    yield from _state(account, "MetricAlarms", node.inputs["name"], node.inputs)


@check(
    "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    "cloudwatch:DescribeAlarms",
    shows="Every composite alarm tells its topic, and is not raised",
    remedy=RUNBOOK + DEPLOY,
)
def composite_alarms(account: Account, node: Node) -> Iterator[str]:
    yield from _state(account, "CompositeAlarms", node.inputs["alarmName"], node.inputs)


def _state(account: Account, member: str, name: str, declared: Mapping[str, Any]) -> Iterator[str]:
    kind = member.removesuffix("s")
    prefix = f"tollgate-{account.graph.stack}-"
    listed = account.every("cloudwatch", "DescribeAlarms", member, AlarmNamePrefix=prefix, AlarmTypes=[kind])
    live = next((alarm for alarm in listed if alarm["AlarmName"] == name), None)
    if live is None:
        yield "isn't there"
        return
    yield from differ("telling", live["ActionsEnabled"], True)
    yield from differ("whom it tells", live["AlarmActions"], declared.get("alarmActions", []))
    if live["StateValue"] == "ALARM":
        yield "is raised"
    without = account.now - live.get("StateTransitionedTimestamp", live["StateUpdatedTimestamp"])
    if live["StateValue"] == "INSUFFICIENT_DATA" and without > NO_DATA:
        yield f"has had no data for {without.days} days"


@check(
    "aws:sns/topicSubscription:TopicSubscription",
    "sns:ListSubscriptionsByTopic",
    shows="Everybody who is to be told has confirmed it",
    remedy="The link is in AWS's mail; subscribed anew, they get another.",
)
def subscribers(account: Account, node: Node) -> Iterator[str]:
    declared = node.inputs
    listed = account.every("sns", "ListSubscriptionsByTopic", "Subscriptions", TopicArn=declared["topic"])
    of_them = [
        each["SubscriptionArn"]
        for each in listed
        if (each["Protocol"], each["Endpoint"]) == (declared["protocol"], declared["endpoint"])
    ]
    if not of_them:
        yield "isn't subscribed"
    elif not any(arn.startswith("arn:") for arn in of_them):
        yield "hasn't confirmed"


@check(
    "aws:budgets/budget:Budget",
    "budgets:DescribeBudget",
    shows="The budget is the declared one",
    remedy=DEPLOY,
)
def budget(account: Account, node: Node) -> Iterator[str]:
    name = node.inputs["name"]
    live = account.ask("budgets", "DescribeBudget", AccountId=account.id, BudgetName=name)["Budget"]
    limit = live["BudgetLimit"]
    yield from differ("its limit", float(limit["Amount"]), float(node.inputs["limitAmount"]))
    spent = live.get("CalculatedSpend", {}).get("ActualSpend", {}).get("Amount", "0")
    if float(spent) > float(limit["Amount"]):
        yield f"it is spent: {spent} {limit['Unit']} of {limit['Amount']}"


CHECKS = (alarms, composite_alarms, subscribers, budget)
