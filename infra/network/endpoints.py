"""The doors to AWS services: what functions call is reached without leaving AWS's network.

Lambda itself writes functions' logs and traces, from outside the VPC, and polls the stream and the queue;
metrics are in the logs. So there is no door to CloudWatch, X-Ray or STS.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.network import statements
from infra.network.subnets import Subnets
from infra.stage import Stage
from infra.statements import Statement, document

# By service: what functions call there.
CALLS: Mapping[str, Sequence[str]] = {
    "dynamodb": ("BatchGetItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem"),
    "kms": ("Decrypt", "Encrypt", "GenerateMac", "GetPublicKey", "Sign"),
    "secretsmanager": ("GetSecretValue",),
    "sqs": ("SendMessage",),
}
INTERFACES = ("kms", "secretsmanager", "sqs")


@dataclass(frozen=True)
class EndpointsArgs:
    """`zones`: which have interface endpoints. `security_group`: of the endpoints."""

    stage: Stage
    vpc: aws.ec2.Vpc
    isolated: Subnets
    egress: Subnets
    zones: Sequence[str]
    security_group: aws.ec2.SecurityGroup


class Endpoints(pulumi.ComponentResource):
    """`dynamodb` and `s3`, which are routes, and the others, which are addresses in the isolated subnets."""

    def __init__(self, name: str, args: EndpointsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:network:Endpoints", name, None, opts)
        self._args = args
        tables = [*args.isolated.tables.values(), *args.egress.tables.values()]
        self.dynamodb = self._gateway("dynamodb", tables, self._policy("dynamodb"))
        # Nobody uses S3. Where there is a way to the internet it would lead to everybody's buckets: this
        # takes it first, and ends here.
        self.s3 = self._gateway(
            "s3",
            list(args.egress.tables.values()),
            statements.let_nothing_through(("s3:GetObject", "s3:ListBucket", "s3:PutObject")),
        )
        for service in INTERFACES:
            self._interface(service)
        self.register_outputs({})

    def _policy(self, service: str) -> Statement:
        stage = self._args.stage
        resource = {
            "dynamodb": f"table/{stage.physical('*')}",
            "kms": "key/*",
            "secretsmanager": f"secret:{stage.physical('*')}",
            "sqs": stage.physical("*"),
        }[service]
        actions = [f"{service}:{call}" for call in CALLS[service]]
        return statements.let_through(stage, actions, stage.arn(service, resource))

    def _gateway(
        self, service: str, tables: Sequence[aws.ec2.RouteTable], policy: Statement
    ) -> aws.ec2.VpcEndpoint:
        return aws.ec2.VpcEndpoint(
            service,
            vpc_id=self._args.vpc.id,
            vpc_endpoint_type="Gateway",
            service_name=f"com.amazonaws.{self._args.stage.region}.{service}",
            route_table_ids=[table.id for table in tables],
            policy=document([policy]),
            tags={"Name": self._args.stage.physical(service)},
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _interface(self, service: str) -> None:
        args = self._args
        aws.ec2.VpcEndpoint(
            service,
            vpc_id=args.vpc.id,
            vpc_endpoint_type="Interface",
            service_name=f"com.amazonaws.{args.stage.region}.{service}",
            subnet_ids=[args.isolated.subnets[zone].id for zone in args.zones],
            security_group_ids=[args.security_group.id],
            private_dns_enabled=True,
            policy=document([self._policy(service)]),
            tags={"Name": args.stage.physical(service)},
            opts=pulumi.ResourceOptions(parent=self),
        )
