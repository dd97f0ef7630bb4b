"""What an account as declared says of its observability."""

from typing import Any

from engine import Graph
from tests.unit.verification.declared.answering import ACCOUNT, RECENTLY, Inputs, all_of, one, to


@to("cloudwatch:DescribeAlarms")
def alarms(graph: Graph, asked: Inputs) -> dict[str, Any]:
    (kind,) = asked["AlarmTypes"]
    of_kind = {"MetricAlarm": "cloudwatch/metricAlarm:MetricAlarm"}.get(
        kind, "cloudwatch/compositeAlarm:CompositeAlarm"
    )
    live = [
        {
            "AlarmName": alarm.get("name", alarm.get("alarmName")),
            "ActionsEnabled": True,
            "AlarmActions": list(alarm["alarmActions"]),
            "StateValue": "OK",
            "StateUpdatedTimestamp": RECENTLY,
        }
        for alarm in all_of(graph, of_kind)
    ]
    return {f"{kind}s": live}


@to("sns:ListSubscriptionsByTopic")
def subscribers(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = all_of(graph, "sns/topicSubscription:TopicSubscription")
    live = [
        {
            "SubscriptionArn": f"{each['topic']}:live",
            "Protocol": each["protocol"],
            "Endpoint": each["endpoint"],
        }
        for each in declared
        if each["topic"] == asked["TopicArn"]
    ]
    return {"Subscriptions": live}


@to("budgets:DescribeBudget")
def budget(graph: Graph, asked: Inputs) -> dict[str, Any]:
    assert asked["AccountId"] == ACCOUNT
    limit = one(graph, "budgets/budget:Budget", name=asked["BudgetName"])["limitAmount"]
    live = {
        "BudgetName": asked["BudgetName"],
        "TimeUnit": "MONTHLY",
        "BudgetType": "COST",
        # AWS answers with a fraction.
        "BudgetLimit": {"Amount": f"{limit}.0", "Unit": "USD"},
        "CalculatedSpend": {"ActualSpend": {"Amount": "12.5", "Unit": "USD"}},
    }
    return {"Budget": live}
