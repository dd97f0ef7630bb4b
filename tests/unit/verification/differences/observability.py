"""What may be wrong with an account's observability."""

from tests.unit.verification.differences.difference import LONG_AGO, Difference, given, within

DIFFERENCES = (
    Difference("observability: alarms", "cloudwatch:DescribeAlarms", given(MetricAlarms=[]), "isn't there"),
    Difference(
        "observability: alarms",
        "cloudwatch:DescribeAlarms",
        within("MetricAlarms", StateValue="ALARM"),
        "is raised",
    ),
    Difference(
        "observability: alarms",
        "cloudwatch:DescribeAlarms",
        within("MetricAlarms", StateValue="INSUFFICIENT_DATA", StateTransitionedTimestamp=LONG_AGO),
        "no data for 400 days",
    ),
    Difference(
        "observability: alarms",
        "cloudwatch:DescribeAlarms",
        within("MetricAlarms", ActionsEnabled=False),
        "telling is False",
    ),
    Difference(
        "observability: composite alarms",
        "cloudwatch:DescribeAlarms",
        within("CompositeAlarms", AlarmActions=[]),
        "whom it tells is []",
    ),
    Difference(
        "observability: subscribers",
        "sns:ListSubscriptionsByTopic",
        within("Subscriptions", SubscriptionArn="PendingConfirmation"),
        "hasn't confirmed",
    ),
    Difference(
        "observability: subscribers",
        "sns:ListSubscriptionsByTopic",
        given(Subscriptions=[]),
        "isn't subscribed",
    ),
    Difference(
        "observability: budget",
        "budgets:DescribeBudget",
        within("Budget", CalculatedSpend={"ActualSpend": {"Amount": "99999", "Unit": "USD"}}),
        "it is spent",
    ),
)
