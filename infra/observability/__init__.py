"""What tells how a stage does: alarms, the dashboard, the budget."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.alerts import Alerts
from infra.observability.alarm import raise_alarm, raise_composite
from infra.observability.alarms import PAYMENTS_DOWN, alarms
from infra.observability.budget import set_budget
from infra.observability.dashboard import body
from infra.observability.heartbeats import Heartbeats, HeartbeatsArgs, heartbeat_log_name
from infra.observability.panels import sections
from infra.settings import Settings

__all__ = ["Heartbeats", "HeartbeatsArgs", "Observability", "ObservabilityArgs", "heartbeat_log_name"]


@dataclass(frozen=True)
class ObservabilityArgs:
    """What is watched follows from the settings; `alerts` are told."""

    settings: Settings
    alerts: Alerts


class Observability(pulumi.ComponentResource):
    """Alarms with their runbooks, one dashboard of the stage, one budget of its account."""

    def __init__(
        self, name: str, args: ObservabilityArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tollgate:observability:Observability", name, None, opts)
        settings, alerts = args.settings, args.alerts
        # AWS Budgets tries the topic out when it is named, and the others could miss their first alert.
        told = alerts.open_to_publishers
        child = pulumi.ResourceOptions(parent=self, depends_on=told)
        declared = alarms(settings)
        made = {alarm.name: raise_alarm(alarm, settings, alerts, child) for alarm in declared}
        parts = [made[name] for name in PAYMENTS_DOWN.any_of]
        raise_composite(
            PAYMENTS_DOWN, settings, alerts, pulumi.ResourceOptions(parent=self, depends_on=[*parts, *told])
        )
        aws.cloudwatch.Dashboard(
            "stage",
            dashboard_name=settings.stage.physical("stage"),
            dashboard_body=body(
                settings.stage,
                [PAYMENTS_DOWN.name, *(alarm.name for alarm in declared)],
                sections(settings, declared),
            ),
            opts=child,
        )
        set_budget(settings, alerts, child)
        self.register_outputs({})
