"""Where alerts go: two topics, by how soon somebody has to look."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra import publishers
from infra.durability import Durability
from infra.keys import Keys
from infra.settings.alerts import Alerting
from infra.stage import Stage
from infra.statements import document

URGENT = "urgent"
NOTICE = "notice"


def topic_arns(stage: Stage) -> dict[str, str]:
    """The topics' ARNs by name: their key is made before them and names them."""
    return {name: stage.arn("sns", stage.physical(name)) for name in (URGENT, NOTICE)}


@dataclass(frozen=True)
class AlertsArgs:
    """`alerting`: who is told, among other things."""

    stage: Stage
    durability: Durability
    keys: Keys
    alerting: Alerting


class Alerts(pulumi.ComponentResource):
    """`urgent`: somebody has to look now. `notice`: somebody has to look on the next working day.

    `open_to_publishers`: what must exist before anything is told to publish to them.
    """

    def __init__(self, name: str, args: AlertsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:alerts:Alerts", name, None, opts)
        self._args = args
        self.open_to_publishers: list[pulumi.Resource] = []
        self.urgent = self._topic(URGENT, "Somebody has to look now", args.alerting.urgent)
        self.notice = self._topic(NOTICE, "Somebody has to look next day", args.alerting.notice)
        self.register_outputs({})

    def _topic(self, name: str, display_name: str, subscribers: Mapping[str, str]) -> aws.sns.Topic:
        stage = self._args.stage
        topic = aws.sns.Topic(
            name,
            name=stage.physical(name),
            display_name=f"Tollgate {stage.name}: {display_name}",
            kms_master_key_id=self._args.keys.data["alerts"].arn,
            opts=pulumi.ResourceOptions(parent=self, protect=self._args.durability.protect),
        )
        child = pulumi.ResourceOptions(parent=topic)
        policy = aws.sns.TopicPolicy(
            name,
            arn=topic.arn,
            policy=topic.arn.apply(
                lambda arn: document([*publishers.publish(stage, arn), publishers.refuse_plain_text(arn)])
            ),
            opts=child,
        )
        self.open_to_publishers.append(policy)
        for subscriber, endpoint in subscribers.items():
            aws.sns.TopicSubscription(
                f"{name}-{subscriber}",
                topic=topic.arn,
                protocol=endpoint.partition("://")[0] if "://" in endpoint else "email",
                endpoint=endpoint,
                opts=child,
            )
        return topic
