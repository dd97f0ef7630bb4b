"""The section `capacity`."""

import re
from pathlib import Path
from typing import Any, get_args

import pytest

from infra import access
from infra.settings.kinds import FunctionName
from infra.settings.reading import InvalidSettingsError
from tests.infra.settings.stack_file import (
    CAPACITY,
    CONCURRENCY,
    ON_DEMAND,
    read,
)


def concurrency(**changed: Any) -> dict[str, Any]:
    return CAPACITY | {"concurrency": CONCURRENCY | changed}


def vault(**changed: Any) -> dict[str, Any]:
    return CAPACITY | {"tables": CAPACITY["tables"] | {"vault": changed}}


WARMTH = {"minimum": 1, "maximum": 10, "utilization": 0.7}
UNITS = {"reads": 10, "writes": 10}
MORE_UNITS = {"reads": 20, "writes": 20}
WARM = {"reads": 12_000, "writes": 4_000}


def test_the_functions_of_the_settings_are_the_programs() -> None:
    assert get_args(FunctionName) == access.FUNCTIONS


@pytest.mark.parametrize(
    "capacity",
    [
        concurrency(reserved={"worker": 10, "payments": 890}),
        concurrency(reserved={"payments": 10}, provisioned={"payments": WARMTH}),
        concurrency(provisioned={"authorizer": WARMTH}, snap_start=["payments"]),
        vault(mode="provisioned", minimum=UNITS, maximum=UNITS, utilization_percent=70),
        vault(mode="on_demand", maximum=WARM, warm=WARM),
    ],
)
def test_capacity_at_its_bounds_is_usable(root: Path, capacity: dict[str, Any]) -> None:
    assert read(root, capacity=capacity).capacity.projector_parallelization == 1


@pytest.mark.parametrize(
    ("capacity", "reason"),
    [
        (CAPACITY | {"projector_parallelization": 11}, "`int` <= 10"),
        (concurrency(reserved={"cashier": 1}), "Invalid enum value 'cashier'"),
        (concurrency(reserved={"payments": 0}), "`int` >= 1"),
        (concurrency(reserved={"payments": 901}), "functions claim 901 of 1000; Lambda keeps 100 free"),
        (
            concurrency(reserved={"payments": 891}, provisioned={"authorizer": WARMTH}),
            "functions claim 901 of 1000",
        ),
        (concurrency(provisioned={"payments": WARMTH | {"minimum": 11}}), "must not be more than `maximum`"),
        (concurrency(provisioned={"payments": WARMTH | {"utilization": 70}}), "`float` <= 0.9"),
        (
            concurrency(reserved={"payments": 9}, provisioned={"payments": WARMTH}),
            "payments: more provisioned than reserved",
        ),
        (
            concurrency(snap_start=["payments"], provisioned={"payments": WARMTH}),
            "payments has provisioned concurrency and SnapStart",
        ),
        (concurrency(reserved={"worker": 9}), "reserves less for worker than worker_concurrency"),
        (
            concurrency(request_milliseconds=1001),
            "lets in 1000 requests a second, which at 1001 ms each need 1001 at once; the account has 1000",
        ),
        (CAPACITY | {"tables": {"payments": ON_DEMAND}}, "missing required field `vault`"),
        (vault(mode="unlimited"), "Invalid value 'unlimited'"),
        (vault(mode="on_demand", maximum=UNITS, warm=WARM), "`warm` must not be more than `maximum`"),
        (vault(mode="on_demand", maximum=WARM, warm=UNITS), "`int` >= 12000"),
        (
            vault(mode="provisioned", minimum=MORE_UNITS, maximum=UNITS, utilization_percent=70),
            "`minimum` must not be more than `maximum`",
        ),
        (
            vault(mode="provisioned", minimum=UNITS, maximum=UNITS, utilization_percent=91),
            "`int` <= 90",
        ),
    ],
)
def test_capacity_that_aws_or_the_traffic_would_not_fit_is_refused(
    root: Path, capacity: dict[str, Any], reason: str
) -> None:
    with pytest.raises(InvalidSettingsError, match=rf"tollgate:capacity: .*{re.escape(reason)}"):
        read(root, capacity=capacity)


@pytest.mark.parametrize("region", ["ap-southeast-6", "ap-east-2"])
def test_snap_start_is_refused_where_lambda_has_none(root: Path, region: str) -> None:
    with pytest.raises(InvalidSettingsError, match=f"capacity: Lambda has no SnapStart in {region}"):
        read(root, region=region, capacity=concurrency(snap_start=["payments"]))
