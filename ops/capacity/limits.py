"""What a stack's program sets that bounds how many payments it takes."""

from dataclasses import dataclass
from typing import Any

from engine import Graph, Node
from ops.capacity.quotas import Quotas

TABLE = "aws:dynamodb/table:Table"
FUNCTION = "aws:lambda/function:Function"


@dataclass(frozen=True, slots=True)
class Limits:
    """Rates are a second. `environments`: that a function may have at once; `warm`: that it always has.
    `writes`, `reads`: units that a table, and each of its indexes, takes; `writes_at_once`: without growing.
    `plan_rate`: of one client with the fastest plan."""

    gateway_rate: float
    gateway_burst: float
    plan_rate: float
    environments: dict[str, float]
    reserved: dict[str, bool]
    warm: dict[str, float]
    writes: dict[str, float]
    reads: dict[str, float]
    writes_at_once: dict[str, float]
    workers: float
    projector_slots: float
    high_throughput_queue: bool
    gateways: int


def limits(graph: Graph, quotas: Quotas) -> Limits:
    """Of the stack whose graph it is."""
    settings = graph.of_type("aws:apigateway/methodSettings:MethodSettings")[0].inputs["settings"]
    plans = [each.inputs["throttleSettings"] for each in graph.of_type("aws:apigateway/usagePlan:UsagePlan")]
    reserved = {each.name: each.inputs.get("reservedConcurrentExecutions") for each in _functions(graph)}
    shared = quotas["function_concurrency"] - sum(value or 0 for value in reserved.values())
    tables = {each.name: each.inputs for each in graph.of_type(TABLE)}
    mapping = {
        each.name: each.inputs for each in graph.of_type("aws:lambda/eventSourceMapping:EventSourceMapping")
    }
    kept = graph.of_type("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig")
    at_once = {name: _at_once(table, quotas) for name, table in tables.items()}
    return Limits(
        gateway_rate=float(settings["throttlingRateLimit"]),
        gateway_burst=float(settings["throttlingBurstLimit"]),
        plan_rate=max(float(each["rateLimit"]) for each in plans),
        environments={name: float(value or max(shared, 1)) for name, value in reserved.items()},
        reserved={name: value is not None for name, value in reserved.items()},
        warm={each.name: float(each.inputs["provisionedConcurrentExecutions"]) for each in kept},
        writes={name: _maximum(table, "Write", quotas) for name, table in tables.items()},
        reads={name: _maximum(table, "Read", quotas) for name, table in tables.items()},
        writes_at_once=at_once,
        workers=float((mapping["worker"].get("scalingConfig") or {}).get("maximumConcurrency") or 1),
        # A shard of the stream for each partition; each is followed in so many batches at once.
        projector_slots=float(mapping["projector"].get("parallelizationFactor") or 1)
        * max(1.0, at_once["payments"] // quotas["partition_writes"]),
        high_throughput_queue=_high_throughput(graph),
        gateways=len(graph.of_type("aws:ec2/natGateway:NatGateway")),
    )


def _functions(graph: Graph) -> list[Node]:
    return graph.of_type(FUNCTION)


def _maximum(table: dict[str, Any], kind: str, quotas: Quotas) -> float:
    on_demand = (table.get("onDemandThroughput") or {}).get(f"max{kind}RequestUnits")
    return float(on_demand or table.get(f"{kind.lower()}Capacity") or quotas["table_writes"])


def _at_once(table: dict[str, Any], quotas: Quotas) -> float:
    warm = (table.get("warmThroughput") or {}).get("writeUnitsPerSecond")
    return min(float(warm or quotas["new_table_writes"]), _maximum(table, "Write", quotas))


def _high_throughput(graph: Graph) -> bool:
    queue = graph.one("aws:sqs/queue:Queue", "operations").inputs
    return queue.get("fifoThroughputLimit") == "perMessageGroupId"
