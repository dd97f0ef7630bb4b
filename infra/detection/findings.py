"""Telling people what is found: one event rule per kind of finding, to one of the alert topics."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra import statements as iam
from infra.boundary import services_boundary
from infra.detection import statements
from infra.detection.call_findings import call_findings
from infra.detection.finding import Finding, Topic
from infra.detection.service_findings import service_findings
from infra.exclusive import sole_policy
from infra.stage import Stage

# Where events of global services are: sign-in and IAM.
GLOBAL_REGION = "us-east-1"


@dataclass(frozen=True)
class FindingsArgs:
    """`topics`: ARNs; their policy, and that of their key, must let `events.amazonaws.com` publish.

    `readers`: ARNs of the roles that read secrets as a matter of course. `security_hub`: whether it is on.
    `open_to_publishers`: see `Alerts`.
    """

    stage: Stage
    topics: Mapping[Topic, pulumi.Input[str]]
    readers: pulumi.Input[list[str]]
    security_hub: bool
    open_to_publishers: Sequence[pulumi.Resource]


def heartbeat_rule_arn(stage: Stage) -> str:
    """The rule that sends an event from there to the stage's Region every hour: a silence is heard."""
    return f"arn:aws:events:{GLOBAL_REGION}:{stage.account_id}:rule/{_heartbeat_name(stage)}"


def _heartbeat_name(stage: Stage) -> str:
    return stage.physical("finding-heartbeat")


def findings_of(stage: Stage, readers: pulumi.Input[Sequence[str]], *, security_hub: bool) -> list[Finding]:
    """Every finding that somebody is told."""
    return [*service_findings(stage, security_hub=security_hub), *call_findings(stage, readers)]


class Findings(pulumi.ComponentResource):
    """Rules `tollgate-<stage>-finding-<name>`; those for global services are in us-east-1 as well.

    There they pass events on to the stage's Region, where the same rule hears them: a rule reaches only
    topics of its own Region.
    """

    def __init__(self, name: str, args: FindingsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:detection:Findings", name, None, opts)
        self._args = args
        told = findings_of(args.stage, args.readers, security_hub=args.security_hub)
        for finding in told:
            self._tell(finding)
        if args.stage.region != GLOBAL_REGION:
            self._pass_on([finding for finding in told if finding.worldwide])
        self.register_outputs({})

    def _tell(self, finding: Finding) -> None:
        heading = f"Tollgate {self._args.stage.name}: {finding.means}."
        self._target(
            finding.name,
            self._rule(finding, finding.name),
            self._args.topics[finding.topic],
            depends_on=self._args.open_to_publishers,
            input_transformer=aws.cloudwatch.EventTargetInputTransformerArgs(
                input_paths=finding.paths,
                # A text, so in quotes: what a topic's subscribers get is meant for people.
                input_template=json.dumps(f"{heading} {finding.text}"),
            ),
        )

    def _pass_on(self, worldwide: list[Finding]) -> None:
        stage = self._args.stage
        bus = stage.arn("events", "event-bus/default")
        role = aws.iam.Role(
            "findings",
            name=stage.physical("findings"),
            description=f"How events of {GLOBAL_REGION} reach {stage.region}",
            assume_role_policy=iam.document([iam.trust("events", stage.account_id)]),
            max_session_duration=3600,
            permissions_boundary=services_boundary(stage),
            opts=pulumi.ResourceOptions(parent=self),
        )
        policy = sole_policy(
            "findings",
            role,
            iam.document([statements.forward_events(bus)]),
            pulumi.ResourceOptions(parent=role),
        )
        for finding in worldwide:
            name = f"{finding.name}-{GLOBAL_REGION}"
            rule = self._rule(finding, name, GLOBAL_REGION)
            self._target(name, rule, bus, role_arn=role.arn, region=GLOBAL_REGION, depends_on=[policy])
        heartbeat = aws.cloudwatch.EventRule(
            f"heartbeat-{GLOBAL_REGION}",
            name=_heartbeat_name(stage),
            description=f"Shows that events of {GLOBAL_REGION} reach {stage.region}",
            schedule_expression="rate(1 hour)",
            state="ENABLED",
            region=GLOBAL_REGION,
            opts=pulumi.ResourceOptions(parent=self),
        )
        self._target(
            f"heartbeat-{GLOBAL_REGION}",
            heartbeat,
            bus,
            role_arn=role.arn,
            region=GLOBAL_REGION,
            depends_on=[policy],
        )

    def _rule(self, finding: Finding, name: str, region: str | None = None) -> aws.cloudwatch.EventRule:
        return aws.cloudwatch.EventRule(
            name,
            name=self._args.stage.physical(f"finding-{finding.name}"),
            description=finding.means,
            event_pattern=pulumi.Output.json_dumps(finding.pattern, sort_keys=True),
            state="ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" if finding.reads else "ENABLED",
            region=region,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _target(
        self,
        name: str,
        rule: aws.cloudwatch.EventRule,
        arn: pulumi.Input[str],
        *,
        input_transformer: aws.cloudwatch.EventTargetInputTransformerArgs | None = None,
        role_arn: pulumi.Input[str] | None = None,
        region: str | None = None,
        depends_on: Sequence[pulumi.Resource],
    ) -> None:
        aws.cloudwatch.EventTarget(
            name,
            rule=rule.name,
            target_id=name,
            arn=arn,
            input_transformer=input_transformer,
            role_arn=role_arn,
            region=region,
            opts=pulumi.ResourceOptions(parent=rule, depends_on=depends_on),
        )
