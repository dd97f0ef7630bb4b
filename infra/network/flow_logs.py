"""Who talked to whom: every connection in the VPC, accepted or not."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.boundary import services_boundary
from infra.durability import Durability
from infra.exclusive import sole_policy
from infra.network import statements
from infra.stage import Stage
from infra.statements import document

MINUTE = 60


def flow_log_name(stage: Stage) -> str:
    """Where connections are written."""
    return f"/aws/vpc/{stage.physical('flows')}"


@dataclass(frozen=True)
class FlowLogsArgs:
    """`log_key`: of the log group."""

    stage: Stage
    durability: Durability
    vpc: aws.ec2.Vpc
    log_key: aws.kms.Key
    log_retention_days: int


class FlowLogs(pulumi.ComponentResource):
    """One record for each connection and minute, in an encrypted `log_group`."""

    def __init__(self, name: str, args: FlowLogsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:network:FlowLogs", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.log_group = aws.cloudwatch.LogGroup(
            name,
            name=flow_log_name(args.stage),
            retention_in_days=args.log_retention_days,
            kms_key_id=args.log_key.arn,
            opts=pulumi.ResourceOptions(parent=self, protect=args.durability.protect),
        )
        role = aws.iam.Role(
            name,
            name=args.stage.physical(name),
            description="How VPC flow logs are written",
            assume_role_policy=document([statements.trust_flow_logs(args.stage)]),
            permissions_boundary=services_boundary(args.stage),
            opts=child,
        )
        policy = sole_policy(
            name,
            role,
            self.log_group.arn.apply(lambda arn: document([statements.write_flow_logs(arn)])),
            child,
        )
        aws.ec2.FlowLog(
            name,
            vpc_id=args.vpc.id,
            traffic_type="ALL",
            log_destination_type="cloud-watch-logs",
            log_destination=self.log_group.arn,
            iam_role_arn=role.arn,
            max_aggregation_interval=MINUTE,
            tags={"Name": args.stage.physical(name)},
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy]),
        )
        self.register_outputs({})
