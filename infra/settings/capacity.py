"""How much a stage can take: functions at once, and units of the tables."""

from collections.abc import Mapping
from typing import Annotated

from msgspec import Meta, Struct

from infra.settings.kinds import FunctionName, Positive

# Lambda refuses reservations that leave less than this to the functions without one.
UNRESERVED = 100
# Where Lambda has no SnapStart, from its developer guide: New Zealand and Taipei.
WITHOUT_SNAP_START = frozenset({"ap-southeast-6", "ap-east-2"})


class Warmth(Struct, frozen=True, forbid_unknown_fields=True):
    """Environments that are kept ready: `minimum` always, up to `maximum` as needed.

    `utilization`: the share that should be busy, at which Application Auto Scaling adds and removes some.
    """

    minimum: Positive
    maximum: Positive
    utilization: Annotated[float, Meta(ge=0.1, le=0.9)]

    def __post_init__(self) -> None:
        if self.minimum > self.maximum:
            raise ValueError("`minimum` must not be more than `maximum`")


class Concurrency(Struct, frozen=True, forbid_unknown_fields=True):
    """How many requests are worked on at once.

    `account`: the account's quota in the region, for all functions (`tollgate preflight` compares it with
    what AWS grants). `request_milliseconds`: how long a request takes on average, the processor included.
    `reserved`: for a function alone, and all that it gets. `provisioned`: kept warm, paid for by the hour.
    `snap_start`: functions that start from a snapshot, paid for by its size; Lambda has one or the other.
    """

    account: Positive
    request_milliseconds: Positive
    reserved: dict[FunctionName, Positive] = {}
    provisioned: dict[FunctionName, Warmth] = {}
    snap_start: frozenset[FunctionName] = frozenset()

    def __post_init__(self) -> None:
        if both := sorted(self.snap_start & self.provisioned.keys()):
            raise ValueError(f"{both[0]} has provisioned concurrency and SnapStart; Lambda allows only one")
        for function, warmth in self.provisioned.items():
            if warmth.maximum > self.reserved.get(function, warmth.maximum):
                raise ValueError(f"{function}: more provisioned than reserved concurrency")
        claimed = sum(self.claimed.values())
        if claimed > self.account - UNRESERVED:
            raise ValueError(f"functions claim {claimed} of {self.account}; Lambda keeps {UNRESERVED} free")

    @property
    def claimed(self) -> Mapping[str, int]:
        """What is taken from the account's quota for one function alone."""
        warm: dict[str, int] = {function: warmth.maximum for function, warmth in self.provisioned.items()}
        return warm | {**self.reserved}

    def reserved_for(self, function: str) -> int | None:
        """The function's own share, None for one that uses what all others may use too."""
        reserved: Mapping[str, int] = {**self.reserved}
        return reserved.get(function)

    def needed(self, rate: int) -> int:
        """Environments that are busy with `rate` requests per second, by Little's law."""
        return -(-rate * self.request_milliseconds // 1000)


class Throughput(Struct, frozen=True, forbid_unknown_fields=True):
    """Units per second: a read of up to 4 KB, a write of up to 1 KB."""

    reads: Positive
    writes: Positive


class WarmThroughput(Struct, frozen=True, forbid_unknown_fields=True):
    """What a table takes at once, without growing into it. It never shrinks; a new table has the least."""

    reads: Annotated[int, Meta(ge=12_000)]
    writes: Annotated[int, Meta(ge=4_000)]


class OnDemand(Struct, frozen=True, forbid_unknown_fields=True, tag_field="mode", tag="on_demand"):
    """Paid by request. `maximum` is a brake on cost: what is above it is refused. `warm` is paid for once."""

    maximum: Throughput
    warm: WarmThroughput | None = None

    def __post_init__(self) -> None:
        warm = self.warm
        if warm and (warm.reads > self.maximum.reads or warm.writes > self.maximum.writes):
            raise ValueError("`warm` must not be more than `maximum`")


class Provisioned(Struct, frozen=True, forbid_unknown_fields=True, tag_field="mode", tag="provisioned"):
    """Paid by the hour, scaled between `minimum` and `maximum` to be `utilization_percent` used.

    Pulumi leaves a scaled table's indexes alone: to add one, deploy once with `on_demand`.
    """

    minimum: Throughput
    maximum: Throughput
    utilization_percent: Annotated[int, Meta(ge=20, le=90)]

    def __post_init__(self) -> None:
        if self.minimum.reads > self.maximum.reads or self.minimum.writes > self.maximum.writes:
            raise ValueError("`minimum` must not be more than `maximum`")


TableCapacity = OnDemand | Provisioned


class Tables(Struct, frozen=True, forbid_unknown_fields=True):
    """Each table's capacity; each of its indexes has the same again."""

    payments: TableCapacity
    vault: TableCapacity
    clients: TableCapacity
    sessions: TableCapacity
    audits: TableCapacity
    events: TableCapacity
    webhooks: TableCapacity

    @property
    def by_name(self) -> Mapping[str, TableCapacity]:
        """Capacities by the tables' names."""
        return {name: getattr(self, name) for name in self.__struct_fields__}


class Capacity(Struct, frozen=True, forbid_unknown_fields=True):
    """`projector_parallelization`: batches of one stream shard at once; each payment's order is kept."""

    concurrency: Concurrency
    tables: Tables
    projector_parallelization: Annotated[int, Meta(ge=1, le=10)] = 1

    def contradictions(self, rate: int, worker_concurrency: int, region: str) -> list[str]:
        """What doesn't fit to the stage's other settings; `rate`: requests per second that it lets in."""
        concurrency, needed = self.concurrency, self.concurrency.needed(rate)
        problems = {
            "reserves less for worker than worker_concurrency, so that batches would be throttled": (
                worker_concurrency > concurrency.reserved.get("worker", worker_concurrency)
            ),
            f"throttle.rate lets in {rate} requests a second, which at {concurrency.request_milliseconds} ms "
            f"each need {needed} at once; the account has {concurrency.account}": needed
            > concurrency.account,
            f"Lambda has no SnapStart in {region}": (
                bool(concurrency.snap_start) and region in WITHOUT_SNAP_START
            ),
        }
        return [problem for problem, exists in problems.items() if exists]
