"""What the account should cost, and who hears when it costs more."""

import pulumi
import pulumi_aws as aws

from infra.alerts import Alerts
from infra.settings import Settings

# Percent of the budget, of what was spent and of what the month will come to.
SPENT = (50, 80, 100)
FORECAST = (100,)


def set_budget(settings: Settings, alerts: Alerts, opts: pulumi.ResourceOptions) -> aws.budgets.Budget:
    """All costs of the account, which is the stage's own, month by month."""
    return aws.budgets.Budget(
        "monthly",
        name=settings.stage.physical("monthly"),
        budget_type="COST",
        time_unit="MONTHLY",
        limit_amount=str(settings.alerts.budget_usd),
        limit_unit="USD",
        notifications=[
            *(_notification("ACTUAL", percent, alerts) for percent in SPENT),
            *(_notification("FORECASTED", percent, alerts) for percent in FORECAST),
        ],
        opts=opts,
    )


def _notification(kind: str, percent: int, alerts: Alerts) -> aws.budgets.BudgetNotificationArgs:
    return aws.budgets.BudgetNotificationArgs(
        notification_type=kind,
        comparison_operator="GREATER_THAN",
        threshold=percent,
        threshold_type="PERCENTAGE",
        subscriber_sns_topic_arns=[alerts.notice.arn],
    )
