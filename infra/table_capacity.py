"""A table's capacity, and that of its indexes, in the words of the table's declaration."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.autoscaling import TargetTracking, TargetTrackingArgs
from infra.settings.capacity import OnDemand, Provisioned, TableCapacity, Throughput, WarmThroughput

# Scaling sets these; a deployment must not set them back. An index's capacity stands within the list of
# indexes, whose order isn't kept: nothing less than the list can be left alone.
SCALED = ("readCapacity", "writeCapacity", "globalSecondaryIndexes")
# AWS raises these by itself as traffic grows, and a lower wish makes the provider replace the table
# (`ForceNewIfChange` of `warm_throughput` in its table.go).
WARMED = ("warmThroughput", "globalSecondaryIndexes")


@dataclass(frozen=True)
class Billing:
    """`start`: of a provisioned table. `maximum` and `warm`: of one on demand."""

    mode: str
    start: Throughput | None = None
    maximum: Throughput | None = None
    warm: WarmThroughput | None = None

    @property
    def on_demand_throughput(self) -> aws.dynamodb.TableOnDemandThroughputArgs | None:
        return self.maximum and aws.dynamodb.TableOnDemandThroughputArgs(
            max_read_request_units=self.maximum.reads, max_write_request_units=self.maximum.writes
        )

    @property
    def warm_throughput(self) -> aws.dynamodb.TableWarmThroughputArgs | None:
        return self.warm and aws.dynamodb.TableWarmThroughputArgs(
            read_units_per_second=self.warm.reads, write_units_per_second=self.warm.writes
        )

    @property
    def index_on_demand_throughput(
        self,
    ) -> aws.dynamodb.TableGlobalSecondaryIndexOnDemandThroughputArgs | None:
        return self.maximum and aws.dynamodb.TableGlobalSecondaryIndexOnDemandThroughputArgs(
            max_read_request_units=self.maximum.reads, max_write_request_units=self.maximum.writes
        )

    @property
    def index_warm_throughput(self) -> aws.dynamodb.TableGlobalSecondaryIndexWarmThroughputArgs | None:
        return self.warm and aws.dynamodb.TableGlobalSecondaryIndexWarmThroughputArgs(
            read_units_per_second=self.warm.reads, write_units_per_second=self.warm.writes
        )


def billing(capacity: TableCapacity) -> Billing:
    """How the table and each of its indexes is paid for."""
    match capacity:
        case OnDemand():
            return Billing("PAY_PER_REQUEST", maximum=capacity.maximum, warm=capacity.warm)
        case Provisioned():
            return Billing("PROVISIONED", start=capacity.minimum)


def left_alone(capacity: TableCapacity) -> list[str]:
    """The table's inputs that Pulumi sets once."""
    match capacity:
        case Provisioned():
            return list(SCALED)
        case OnDemand():
            return list(WARMED) if capacity.warm else []


def scale(name: str, table: aws.dynamodb.Table, indexes: Sequence[str], capacity: TableCapacity) -> None:
    """Have a provisioned table and its indexes, which are throttled each on its own, follow their use."""
    if not isinstance(capacity, Provisioned):
        return
    table_id = pulumi.Output.concat("table/", table.name)
    _scale(name, "table", table, table_id, capacity)
    for index in indexes:
        index_id = pulumi.Output.concat(table_id, "/index/", index)
        _scale(f"{name}-{index}", "index", table, index_id, capacity)


def _scale(
    name: str,
    kind: str,
    table: aws.dynamodb.Table,
    resource_id: pulumi.Output[str],
    capacity: Provisioned,
) -> None:
    bounds = {
        "Read": (capacity.minimum.reads, capacity.maximum.reads),
        "Write": (capacity.minimum.writes, capacity.maximum.writes),
    }
    for verb, (minimum, maximum) in bounds.items():
        TargetTracking(
            f"{name}-{verb.lower()}s",
            TargetTrackingArgs(
                resource_id=resource_id,
                dimension=f"dynamodb:{kind}:{verb}CapacityUnits",
                metric=f"DynamoDB{verb}CapacityUtilization",
                minimum=minimum,
                maximum=maximum,
                utilization=capacity.utilization_percent,
            ),
            pulumi.ResourceOptions(parent=table),
        )
