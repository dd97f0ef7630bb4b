"""The functions, each with its own role, policy, log group and alias."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra import functions, grants, statements
from infra.artifacts import Package
from infra.autoscaling import TargetTracking, TargetTrackingArgs
from infra.exclusive import sole_policy
from infra.functions import Resources
from infra.identity import Identity
from infra.network import Placement
from infra.settings.capacity import Warmth
from infra.stage import Stage


def log_group_name(stage: Stage, function: str) -> str:
    """Where Lambda writes a function's log."""
    return f"/aws/lambda/{stage.physical(function)}"


@dataclass(frozen=True)
class FunctionArgs:
    """`name`: also of the handler's module."""

    name: str
    role: aws.iam.Role
    resources: Resources
    placement: Placement
    package: Package


class Function(pulumi.ComponentResource):
    """One function: `log_group`, `policy` of its role, `function`, and `alias`, which is what is invoked.

    No public URL, no layer.
    """

    def __init__(self, args: FunctionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        name, resources = args.name, args.resources
        super().__init__("tollgate:compute:Function", name, None, opts)
        settings, keys, package = resources.settings, resources.keys, args.package
        concurrency = settings.capacity.concurrency
        child = pulumi.ResourceOptions(parent=self)
        self.log_group = aws.cloudwatch.LogGroup(
            name,
            name=log_group_name(settings.stage, name),
            retention_in_days=settings.log_retention_days,
            kms_key_id=keys.data["logs"].arn,
            opts=pulumi.ResourceOptions(parent=self, protect=settings.durability.protect),
        )
        granted = [
            *grants.granted(name, resources),
            *args.placement.granted(settings.stage.physical(name)),
            self.log_group.arn.apply(statements.write_log),
            statements.write_traces(),
        ]
        self.policy = sole_policy(
            name, args.role, pulumi.Output.all(*granted).apply(statements.document), child
        )
        self.function = aws.lambda_.Function(
            name,
            name=settings.stage.physical(name),
            description=f"Tollgate {name}",
            role=args.role.arn,
            runtime="python3.13",
            architectures=["arm64"],
            handler=f"tollgate.handlers.{name}.handler",
            s3_bucket=package.bucket,
            s3_key=package.key,
            s3_object_version=package.version,
            source_code_hash=package.digest,
            memory_size=settings.function_memory_mb,
            timeout=functions.TIMEOUT_SECONDS[name],
            kms_key_arn=keys.data["environment"].arn,
            vpc_config=args.placement.vpc_config,
            environment=aws.lambda_.FunctionEnvironmentArgs(variables=functions.environment(name, resources)),
            publish=True,
            reserved_concurrent_executions=concurrency.reserved_for(name),
            snap_start=aws.lambda_.FunctionSnapStartArgs(apply_on="PublishedVersions")
            if name in concurrency.snap_start
            else None,
            # Lambda's own segments; the SDK for more would double the cold start.
            tracing_config=aws.lambda_.FunctionTracingConfigArgs(mode="Active"),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[self.log_group, self.policy]),
        )
        self.alias = aws.lambda_.Alias(
            name,
            name=functions.ALIAS,
            function_name=self.function.name,
            function_version=self.function.version,
            opts=child,
        )
        if name in concurrency.provisioned:
            self._keep_warm(name, concurrency.provisioned[name])
        self.register_outputs({})

    def _keep_warm(self, name: str, warmth: Warmth) -> None:
        """Scaling needs something to start from: an alias without any has no utilization to look at."""
        provisioned = aws.lambda_.ProvisionedConcurrencyConfig(
            name,
            function_name=self.function.name,
            qualifier=self.alias.name,
            provisioned_concurrent_executions=warmth.minimum,
            # From then on it is scaled: a deployment must not take it back in the middle of a rush.
            opts=pulumi.ResourceOptions(parent=self, ignore_changes=["provisionedConcurrentExecutions"]),
        )
        TargetTracking(
            name,
            TargetTrackingArgs(
                resource_id=pulumi.Output.concat(
                    "function:", provisioned.function_name, ":", provisioned.qualifier
                ),
                dimension="lambda:function:ProvisionedConcurrency",
                metric="LambdaProvisionedConcurrencyUtilization",
                minimum=warmth.minimum,
                maximum=warmth.maximum,
                utilization=warmth.utilization,
            ),
            pulumi.ResourceOptions(parent=self),
        )


@dataclass(frozen=True)
class ComputeArgs:
    """What the functions are made from. `placements` by function; `package` is the same for all."""

    identity: Identity
    resources: Resources
    placements: Mapping[str, Placement]
    package: Package


class Compute(pulumi.ComponentResource):
    """All functions by name."""

    def __init__(self, name: str, args: ComputeArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:compute:Compute", name, None, opts)
        self.functions: Mapping[str, Function] = {
            function: Function(
                FunctionArgs(function, role, args.resources, args.placements[function], args.package),
                pulumi.ResourceOptions(parent=self),
            )
            for function, role in args.identity.roles.items()
        }
        self.register_outputs({})
