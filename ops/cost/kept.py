"""What it costs a month to keep what payments leave behind: no row of a payment is ever deleted."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine import Graph
from ops.cost.lines import Line
from ops.cost.prices import Prices, Usage

GIGABYTE = 1e9
MONTH = 30.4
"""Days."""

COMPRESSED = 0.2
"""Of an export's size, in the archive (gzip; assumed)."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Gigabytes in the tables, and in their indexes."""

    rows: float
    indexes: float

    def times(self, factor: float) -> "Stored":
        return Stored(self.rows * factor, self.indexes * factor)


def stored(usage: Usage, payments: int, refunds: int) -> Stored:
    """By so many payments and refunds."""
    size = usage["bytes"]
    rows = payments * size["stored_payment"] + refunds * size["stored_refund"]
    indexes = payments * size["indexed_payment"] + refunds * size["indexed_refund"]
    return Stored(rows / GIGABYTE, indexes / GIGABYTE)


def kept(graph: Graph, prices: Prices, held: Stored) -> list[Line]:
    """Dollars a month, once every copy that is kept is of this size: the steady state."""
    tables = (held.rows + held.indexes) * prices["table_gb_month"]
    return [
        Line("DynamoDB", f"{held.rows + held.indexes:,.1f} GB of rows and indexes", tables),
        Line("DynamoDB", "recovery to any second", held.rows * prices["recovery_gb_month"]),
        *_backups(graph, prices, held),
        *_exports(graph, prices, held),
    ]


def _backups(graph: Graph, prices: Prices, held: Stored) -> Iterator[Line]:
    for plan in graph.of_type("aws:backup/plan:Plan"):
        for rule in plan.inputs["rules"]:
            name, lifecycle = rule["ruleName"], rule.get("lifecycle") or {}
            made = runs_a_month(rule["schedule"])
            days = float(lifecycle.get("deleteAfter") or 0)
            warm_days = min(days, float(lifecycle.get("coldStorageAfter") or days))
            places = 1 + len(rule.get("copyActions") or ())
            warm, cold = made * warm_days / MONTH, made * (days - warm_days) / MONTH
            usd = held.rows * (warm * prices["backup_gb_month"] + cold * prices["cold_backup_gb_month"])
            said = f"{name}: {warm + cold:.0f} copies in {places} Region{'s' * (places > 1)}"
            setting = "backup.copy_at, backup.daily_days" if name == "copied" else f"backup.{name}_days"
            yield Line("Backup", said, usd * places, setting)
            if sent := held.rows * made * (places - 1):
                said = f"{sent:,.0f} GB to the other Region"
                yield Line("Backup", said, sent * prices["backup_copy_gb"], COPY)


def _exports(graph: Graph, prices: Prices, held: Stored) -> Iterator[Line]:
    schedules = [
        each
        for each in graph.of_type("aws:scheduler/schedule:Schedule")
        if "exportTableToPointInTime" in str(each.inputs.get("target"))
    ]
    if not schedules:
        return
    # Payments and audits are about as large.
    runs = [runs_a_month(each.inputs["scheduleExpression"]) for each in schedules]
    monthly = sum(runs) / len(runs)
    yield Line("DynamoDB", f"{monthly:.0f} full exports", held.rows * monthly * prices["export_gb"], EXPORT)
    days, cold_after = _days_of_exports(graph)
    copies, warm = monthly * days / MONTH, min(1.0, cold_after / days)
    price = warm * prices["object_gb_month"] + (1 - warm) * prices["cold_object_gb_month"]
    said = f"{copies:.0f} exports in the archive"
    yield Line("S3", said, held.rows * COMPRESSED * copies * price, "archive.export_days")


EXPORT = "archive.export_at, archive.export_in_turn"
COPY = "backup.copy_at, backup.copy_region"


def runs_a_month(schedule: str) -> float:
    """Of `cron(30 2 ? * WED,SUN *)`, `cron(30 2 1 * ? *)` or `cron(30 2 * * ? *)`."""
    _, _, day, _, weekday, _ = schedule.removeprefix("cron(").rstrip(")").split()
    if weekday in {"?", "*"}:
        return MONTH if day == "*" else float(len(day.split(",")))
    return MONTH / 7 * len(weekday.split(","))


def _days_of_exports(graph: Graph) -> tuple[float, float]:
    """For how many days the archive keeps an export, and after how many it is in the cold class."""
    (rules,) = (
        bucket.inputs["rules"]
        for bucket in graph.of_type("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")
        if bucket.name == "archive"
    )
    days = min(float(rule["expiration"]["days"]) for rule in rules if rule.get("expiration"))
    cold = [float(each["days"]) for rule in rules for each in rule.get("transitions") or ()]
    return days, min([*cold, days])
