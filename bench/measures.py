"""What a run of the bench found, as a person, a program and the gates read it."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.flows import Cost

LIMITS = Path(__file__).parent / "limits.toml"
Numbers = Mapping[str, float]
PAYMENT = ("payment: article", "payment: article's authorizer")
"""The article has no authorizer's answer cached: its own is part of each of its payments."""


@dataclass(frozen=True, slots=True)
class Measures:
    """`costs` by flow; `instructions` by measure, empty where they can't be counted."""

    costs: Mapping[str, Cost]
    instructions: Numbers

    @property
    def tables(self) -> dict[str, Numbers]:
        """Every number that may have a limit, by the table of `limits.toml`."""
        return {
            "calls": {name: len(cost.calls) for name, cost in self.costs.items()},
            "write_units": {name: sum(cost.write_units.values()) for name, cost in self.costs.items()},
            "read_units": {name: cost.read_units for name, cost in self.costs.items()},
            "item_bytes": {name: max(cost.largest.values(), default=0) for name, cost in self.costs.items()},
            "ratios": self.ratios,
        }

    @property
    def ratios(self) -> Numbers:
        """Instructions beside the article's: of a start to its payment function's start, of a request to its
        payment. The list is one of our own payments' multiple."""
        counted = self.instructions
        if not counted:
            return {}
        payment = sum(counted[name] for name in PAYMENT)
        ratios = {
            name: number / (counted["start: article"] if name.startswith("start") else payment)
            for name, number in counted.items()
            if "article" not in name
        }
        return {**ratios, "list of 20, to a payment": counted["list of 20"] / counted["payment"]}

    def as_json(self) -> str:
        return json.dumps({**self.tables, "instructions": self.instructions}, indent=2) + "\n"


def limits() -> dict[str, Numbers]:
    return tomllib.loads(LIMITS.read_text(encoding="utf-8"))


def exceeded(measures: Measures, limits: Mapping[str, Numbers]) -> list[str]:
    """A line for each measure above its limit, or without one, in the tables that have limits."""
    return [
        f"{table}: {name} is {number:.4g}, and {_allowed(limits[table].get(name))}"
        for table, numbers in measures.tables.items()
        if table in limits
        for name, number in numbers.items()
        if not number <= limits[table].get(name, -1)
    ]


def _allowed(limit: float | None) -> str:
    return "has no limit" if limit is None else f"at most {limit:g} is allowed"
