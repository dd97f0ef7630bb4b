"""A refusal names the place, and what is allowed there."""

from pathlib import Path
from typing import Any

import pytest

from infra.settings.reading import InvalidSettingsError
from tests.infra.settings.stack_file import CAPACITY, DETECTION, NETWORK, ON_DEMAND, read

PLAN = {"rate": 50, "burst": 100}
TABLES = CAPACITY["tables"]


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("durability", "durabel", "Invalid enum value 'durabel'; allowed are ephemeral, durable"),
        ("log_retention_days", 17, "Invalid enum value 17; allowed are 30, 60, 90, "),
        ("usage_plans", {"slow": PLAN, "fast": {**PLAN, "rate": 0}}, "Expected `int` >= 1 - at `fast.rate`"),
        ("usage_plans", {"slow": PLAN, "fast": 3}, "Expected `object`, got `int` - at `fast`"),
        ("usage_plans", {"slow": PLAN, "Fast!": PLAN}, "' for the key `Fast!`"),
        ("network", {**NETWORK, "nat": "one"}, "'one' - at `nat`"),
        ("network", {**NETWORK, "nat": "one"}, "allowed are per_zone, single"),
        ("network", {**NETWORK, "zones": ["a", "bb"]}, " - at `zones[1]`"),
        (
            "processor_accounts",
            {"mine": {"environment": "uat"}, "other": {"environment": "test"}},
            "Invalid enum value 'test' - at `other.environment`; allowed are production, uat",
        ),
        (
            "capacity",
            {**CAPACITY, "tables": {**TABLES, "vault": {**ON_DEMAND, "mode": "free"}}},
            "at `tables.vault.mode`; allowed are on_demand, provisioned",
        ),
        (
            "capacity",
            {**CAPACITY, "concurrency": {**CAPACITY["concurrency"], "reserved": {"worker": 9, "payment": 9}}},
            "for the key `payment` - at `concurrency.reserved`; allowed are audits, authorizer",
        ),
        ("detection", {**DETECTION, "standards": ["fsbp", "soc2"]}, "cis-3.0.0"),
        ("detection", {**DETECTION, "evidence": {"locked": 1}}, "unknown field `locked` - at `evidence`"),
    ],
)
def test_a_refusal_says_where_and_what_is_allowed(tmp_path: Path, key: str, value: Any, reason: str) -> None:
    (tmp_path / "tollgate.zip").touch()
    with pytest.raises(InvalidSettingsError) as refused:
        read(tmp_path, **{key: value})
    assert f"tollgate:{key}: " in str(refused.value)
    assert reason in str(refused.value)
