"""Every ceiling on a payment's way, in payments by token a second."""

from collections.abc import Iterator
from dataclasses import dataclass

from ops.capacity.limits import Limits
from ops.capacity.quotas import Quotas
from ops.cost.prices import Usage
from tollgate.domain.listing import DUE_SHARDS

COMPRESSED = 0.2
"""Of a log's size, as CloudWatch hands it on (gzip; assumed)."""
DUE_WRITES = 2
"""An operation's entry in the index of what is due, put in and taken out."""
CALLS_OF_A_START = 2
"""Of KMS and of Secrets Manager, while a function's environment starts (keys and credentials, kept after)."""

STAGE, CLIENT, MERCHANT = "the stage", "a client", "a merchant"
REFUSED = "429 `rate_limited` at once"
THROTTLED = "500 `internal_error` at once; the same request again is safe"
FAILED = "500 or 504 after retries; the same request again is safe"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """`rate`: payments a second that it carries, for all or for one of `whose`. `stands`: where it is now;
    `lift`: the setting or quota that raises it; `seen`: what callers see of it once it is reached."""

    what: str
    rate: float
    whose: str
    stands: str
    lift: str
    seen: str


def ceilings(limits: Limits, quotas: Quotas, usage: Usage) -> list[Ceiling]:
    """All of them, the lowest first."""
    found = [
        *_edge(limits, quotas),
        *_functions(limits, usage),
        *_tables(limits, quotas, usage),
        *_partitions(quotas, usage),
        *_beside(limits, quotas, usage),
        *_starts(quotas, usage),
    ]
    return sorted(found, key=lambda each: each.rate)


def _edge(limits: Limits, quotas: Quotas) -> Iterator[Ceiling]:
    yield Ceiling(
        "API Gateway, a client's plan",
        limits.plan_rate,
        CLIENT,
        f"{limits.plan_rate:,.0f} a second in the fastest plan",
        "usage_plans",
        REFUSED,
    )
    yield Ceiling(
        "API Gateway, the stage's throttle",
        limits.gateway_rate,
        STAGE,
        f"{limits.gateway_rate:,.0f} a second, {limits.gateway_burst:,.0f} at once",
        "throttle",
        REFUSED,
    )
    rate, how = quotas["gateway_rate"], quotas.how("gateway_rate")
    yield Ceiling("API Gateway, the account", rate, STAGE, f"quota {rate:,.0f}", how, REFUSED)


def _functions(limits: Limits, usage: Usage) -> Iterator[Ceiling]:
    assumed = usage["assumed"]
    each = {"payments": assumed["payment_ms"], "authorizer": assumed["authorizer_ms"]}
    share = {"payments": 1.0, "authorizer": assumed["payments_of_an_authorizer_call"]}
    for name, milliseconds in each.items():
        count = limits.environments[name]
        kind = "reserved" if limits.reserved[name] else "left of the account's quota"
        yield Ceiling(
            f"Lambda, {name}",
            count * 1000 / milliseconds * share[name],
            STAGE,
            f"{count:,.0f} environments {kind}, {milliseconds:.0f} ms each",
            "capacity.concurrency.reserved; Service Quotas, Lambda",
            THROTTLED,
        )


def _tables(limits: Limits, quotas: Quotas, usage: Usage) -> Iterator[Ceiling]:
    payment = usage["payment"]
    used = {"payments": payment["writes"], "audits": payment["projected_calls"]}
    seen = {"payments": FAILED, "audits": "nothing; records come later"}
    for table, units in used.items():
        most, setting = limits.writes[table], f"capacity.tables.{table}.maximum"
        stands = f"{most:,.0f} writes a second, {units:.0f} a payment"
        yield Ceiling(f"DynamoDB, table {table}", most / units, STAGE, stands, setting, seen[table])
    if (first := limits.writes_at_once["payments"]) < limits.writes["payments"]:
        yield Ceiling(
            "DynamoDB, table payments when it is new",
            first / used["payments"],
            STAGE,
            f"{first:,.0f} writes a second at first",
            "capacity.tables.payments.warm",
            FAILED,
        )
    reads = limits.reads["vault"]
    stands = f"{reads:,.0f} reads a second"
    yield Ceiling("DynamoDB, table vault", reads, STAGE, stands, "capacity.tables.vault.maximum", FAILED)
    quota = quotas["table_writes"]
    rate, how = quota / payment["writes"], quotas.how("table_writes")
    yield Ceiling("DynamoDB, any table", rate, STAGE, f"quota {quota:,.0f} writes", how, FAILED)


def _partitions(quotas: Quotas, usage: Usage) -> Iterator[Ceiling]:
    units, entries = quotas["partition_writes"], usage["payment"]["projected_calls"]
    yield Ceiling(
        "DynamoDB, a partition of the listing",
        units,
        MERCHANT,
        f"{units:,.0f} writes a second and shard; one shard",
        "the merchant's `shards` (docs/architecture.md)",
        FAILED,
    )
    yield Ceiling(
        "DynamoDB, a partition of the trail",
        units / entries,
        MERCHANT,
        f"{units:,.0f} writes a second and shard, {entries:.0f} a payment; one shard",
        "the merchant's `shards` (docs/architecture.md)",
        "nothing; records come later",
    )
    yield Ceiling(
        "DynamoDB, partitions of what is due",
        units * DUE_SHARDS / DUE_WRITES,
        STAGE,
        f"{DUE_SHARDS} shards of {units:,.0f} writes",
        "the code (`DUE_SHARDS`)",
        FAILED,
    )


def _beside(limits: Limits, quotas: Quotas, usage: Usage) -> Iterator[Ceiling]:
    """What isn't on the way of a payment that gets its answer at once."""
    assumed = usage["assumed"]
    queue = "fifo_high" if limits.high_throughput_queue else "fifo_plain"
    yield Ceiling(
        "SQS, the queue of operations",
        quotas[queue],
        STAGE,
        f"{'high throughput' if limits.high_throughput_queue else 'plain'}, quota {quotas[queue]:,.0f}",
        quotas.how(queue),
        "asynchronous payments and follow-ups wait",
    )
    yield Ceiling(
        "Lambda, worker",
        limits.workers * 1000 / assumed["payment_ms"],
        STAGE,
        f"{limits.workers:.0f} at once",
        "worker_concurrency",
        "asynchronous payments and follow-ups wait",
    )
    slots = min(limits.projector_slots, limits.environments["projector"])
    yield Ceiling(
        "Lambda, projector",
        slots * 1000 / assumed["projector_ms_of_payment"],
        STAGE,
        f"{slots:.0f} batches at once, {assumed['projector_ms_of_payment']:.0f} ms a payment",
        "capacity.projector_parallelization",
        "nothing; records come later",
    )
    size = usage["bytes"]["log_of_request"] * COMPRESSED
    yield Ceiling(
        "Data Firehose, logs to the archive",
        quotas["delivery_bytes"] / size,
        STAGE,
        f"quota {quotas['delivery_bytes'] / 1e6:,.0f} MB a second, {size:.0f} bytes a payment",
        quotas.how("delivery_bytes"),
        "nothing; logs come later to the archive",
    )
    connections = quotas["nat_connections"] * limits.gateways
    yield Ceiling(
        "NAT, connections to the processor",
        connections * 1000 / assumed["payment_ms"],
        STAGE,
        f"{limits.gateways} gateways, {quotas['nat_connections']:,.0f} connections each",
        f"network.nat; {quotas.how('nat_connections')}",
        "503 `processor_unavailable`; nothing was attempted",
    )


def _starts(quotas: Quotas, usage: Usage) -> Iterator[Ceiling]:
    """Not on a warm payment's way: asked while environments start, as fast as Lambda starts them."""
    started = quotas["function_ramp"] * CALLS_OF_A_START
    for service, quota in (("KMS", "kms_requests"), ("Secrets Manager", "secret_reads")):
        carried = quotas["function_ramp"] * 1000 / usage["assumed"]["payment_ms"] * quotas[quota] / started
        stands = f"quota {quotas[quota]:,.0f}; {started:,.0f} calls a second while environments start"
        yield Ceiling(f"{service}, starts", carried, STAGE, stands, quotas.how(quota), THROTTLED)
