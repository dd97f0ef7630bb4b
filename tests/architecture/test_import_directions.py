"""Dependencies point inwards: handlers → operations → domain ← adapters, put together in wiring."""

import sys
from pathlib import Path

import pytest

from tests.architecture.imports import ROOT, RUNTIME, imported_by, modules

FORBIDDEN = {
    "domain": (
        "tollgate.adapters",
        "tollgate.handlers",
        "tollgate.operations",
        "tollgate.ports",
        "tollgate.wiring",
    ),
    "operations": (
        "tollgate.adapters",
        "tollgate.handlers",
        "tollgate.wiring",
        "boto3",
        "botocore",
        "requests",
        "urllib3",
    ),
    "handlers": ("tollgate.adapters", "boto3", "botocore", "requests", "urllib3", "aws_lambda_powertools"),
    "adapters": ("tollgate.handlers", "tollgate.operations", "tollgate.wiring"),
}
OUTSIDE = ("infra", "local", "ops", "tests", "bench", "policies", "pulumi", "pulumi_aws", "ministack", "moto")


def offences(folder: Path, forbidden: tuple[str, ...]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(folder)
        for name in sorted(imported_by(path))
        if any(name == each or name.startswith(each + ".") for each in forbidden)
    ]


@pytest.mark.parametrize("layer", FORBIDDEN)
def test_a_layer_imports_only_what_lies_inwards(layer: str) -> None:
    assert offences(RUNTIME / layer, FORBIDDEN[layer]) == []


def test_the_domain_needs_the_standard_library_only() -> None:
    for path in modules(RUNTIME / "domain"):
        foreign = {
            name
            for name in imported_by(path)
            if name.partition(".")[0] not in sys.stdlib_module_names
            and not name.startswith("tollgate.domain")
        }
        assert foreign == set(), path


def test_what_runs_in_lambda_knows_nothing_of_what_surrounds_it() -> None:
    assert offences(RUNTIME, OUTSIDE) == []


@pytest.mark.parametrize("program", ["infra", "bootstrap", "security"])
def test_a_program_knows_nothing_of_the_code_that_it_packages(program: str) -> None:
    assert offences(ROOT / program, ("tollgate", "local", "ops", "tests", "boto3")) == []


def test_the_stages_program_stands_on_its_own() -> None:
    assert offences(ROOT / "infra", ("bootstrap", "security")) == []


def test_the_policy_pack_stands_on_its_own_so_that_other_programs_can_use_it() -> None:
    foreign = ("infra", "local", "ops", "policies", "tests", "boto3", "jsonschema", "pulumi_aws", "yaml")
    assert offences(ROOT / "policies", foreign) == []


def test_only_telemetry_makes_powertools_objects() -> None:
    users = {
        path.name for path in modules(RUNTIME) if any("aws_lambda_powertools" in n for n in imported_by(path))
    }
    assert users == {"telemetry.py"}


@pytest.mark.parametrize("layer", ["domain", "operations", "handlers"])
def test_time_and_randomness_come_from_adapters(layer: str) -> None:
    assert offences(RUNTIME / layer, ("time", "random", "secrets", "uuid", "os")) == []
    for path in modules(RUNTIME / layer):
        source = path.read_text(encoding="utf-8")
        assert ".now(" not in source.replace("clock.now()", "").replace("clock.now(", ""), path
