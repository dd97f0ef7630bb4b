"""Application Auto Scaling: capacity that follows use."""

from dataclasses import dataclass

import pulumi
from pulumi_aws import appautoscaling
from pulumi_aws.appautoscaling import (
    PolicyTargetTrackingScalingPolicyConfigurationArgs as Tracking,
)
from pulumi_aws.appautoscaling import (
    PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs as Metric,
)

# Seconds between two steps. Down is slow: what comes in waves isn't thrown away between them.
SCALE_IN_COOLDOWN = 300
SCALE_OUT_COOLDOWN = 0


@dataclass(frozen=True)
class TargetTrackingArgs:
    """`resource_id`, `dimension` and `metric` as Application Auto Scaling names them. `utilization`: the
    metric's wanted value, in the metric's unit."""

    resource_id: pulumi.Input[str]
    dimension: str
    metric: str
    minimum: int
    maximum: int
    utilization: float


class TargetTracking(pulumi.ComponentResource):
    """One capacity between two bounds, such that a share of it is used."""

    def __init__(
        self, name: str, args: TargetTrackingArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tollgate:autoscaling:TargetTracking", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        target = appautoscaling.Target(
            name,
            service_namespace=args.dimension.partition(":")[0],
            resource_id=args.resource_id,
            scalable_dimension=args.dimension,
            min_capacity=args.minimum,
            max_capacity=args.maximum,
            opts=child,
        )
        appautoscaling.Policy(
            name,
            name="utilization",
            policy_type="TargetTrackingScaling",
            service_namespace=target.service_namespace,
            resource_id=target.resource_id,
            scalable_dimension=target.scalable_dimension,
            target_tracking_scaling_policy_configuration=Tracking(
                predefined_metric_specification=Metric(predefined_metric_type=args.metric),
                target_value=args.utilization,
                scale_in_cooldown=SCALE_IN_COOLDOWN,
                scale_out_cooldown=SCALE_OUT_COOLDOWN,
            ),
            opts=child,
        )
        self.register_outputs({})
