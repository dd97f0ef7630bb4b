import json
from pathlib import Path
from typing import Any

import pytest

from infra.settings import Settings, read_settings
from infra.settings.reading import InvalidSettingsError
from tests.infra.graphs import ROOT, STACKS, Graphs

FOLLOW_UP = {
    "first_seconds": 10,
    "longest_seconds": 3600,
    "not_found_seconds": 7200,
    "watch_seconds": 604800,
}
USABLE: dict[str, Any] = {
    "account_id": "222222222222",
    "region": "eu-west-1",
    "operators": ["arn:aws:iam::222222222222:role/tollgate-deploy"],
    "durability": "durable",
    "issuer": "https://api.example",
    "audience": "https://api.example",
    "access_token_seconds": 900,
    "usage_plans": {"standard": {"rate": 50, "burst": 100}},
    "throttle": {"rate": 1000, "burst": 2000},
    "log_retention_days": 400,
    "function_memory_mb": 512,
    "processor_accounts": {"payroc-uat": {"environment": "uat"}},
    "signing_keys": ["second", "first"],
    "worker_concurrency": 10,
    "follow_up": FOLLOW_UP,
    "tags": {"owner": "payments"},
    "package": "tollgate.zip",
}


@pytest.fixture
def root(package: Path) -> Path:
    return package.parent


def read(root: Path, without: str = "", **changed: Any) -> Settings:
    values = {key: value for key, value in (USABLE | changed).items() if key != without}
    return read_settings("dev", {key: _wire(value) for key, value in values.items()}, root)


def _wire(value: Any) -> str:
    """What Pulumi hands to the program."""
    return value if isinstance(value, str) else json.dumps(value)


def test_settings_are_typed_and_keep_their_order(root: Path) -> None:
    settings = read(root)
    assert settings.stage.name == "dev"
    assert settings.stage.account_id == "222222222222"
    assert settings.log_retention_days == 400
    assert settings.usage_plans["standard"].burst == 100
    assert settings.signing_keys == ("second", "first")
    assert settings.assume_roles == ()
    assert settings.durability.protect
    assert settings.package_path == root / "tollgate.zip"


def test_an_operation_may_be_looked_after_at_a_steady_pace(root: Path) -> None:
    settings = read(root, follow_up=FOLLOW_UP | {"first_seconds": 3600})
    assert settings.follow_up.first_seconds == settings.follow_up.longest_seconds


def test_reconciliation_is_daily_at_a_time_of_ones_choice(root: Path) -> None:
    assert read(root).reconcile_at == "cron(15 4 * * ? *)"
    assert read(root, reconcile_at="cron(0 23 * * ? *)").reconcile_at == "cron(0 23 * * ? *)"


@pytest.mark.parametrize(
    ("environment", "api_url"),
    [("uat", "https://api.uat.payroc.com/v1"), ("production", "https://api.payroc.com/v1")],
)
def test_a_processor_environment_stands_for_payrocs_hosts(root: Path, environment: str, api_url: str) -> None:
    settings = read(root, processor_accounts={"main": {"environment": environment}})
    assert settings.processor_accounts["main"].hosts().api_url == api_url


def test_a_processor_account_may_name_hosts_of_its_own(root: Path) -> None:
    hosts = {"api_url": "http://127.0.0.1:9000/v1", "identity_url": "http://127.0.0.1:9000"}
    settings = read(root, processor_accounts={"simulator": hosts})
    assert settings.processor_accounts["simulator"].hosts().identity_url == "http://127.0.0.1:9000"


@pytest.mark.parametrize("key", sorted(USABLE.keys() - {"package"}))
def test_a_missing_key_is_refused(root: Path, key: str) -> None:
    with pytest.raises(InvalidSettingsError, match=rf"Pulumi\.dev\.yaml(.|\n)*tollgate:{key}: missing"):
        read(root, without=key)


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("account_id", "12", "matching regex"),
        ("region", "europe", "matching regex"),
        ("operators", [], "length >= 1"),
        ("operators", ["arn:aws:iam::222222222222:user/ann"], "matching regex"),
        ("operators", ["arn:aws:iam::333333333333:role/deploy"], "of the stage's account 222222222222"),
        ("previewers", ["arn:aws:iam::333333333333:role/look"], "of the stage's account 222222222222"),
        ("assume_roles", ["role/x"], "matching regex"),
        ("durability", "eternal", "Invalid enum value 'eternal'"),
        ("issuer", "api.example", "matching regex"),
        ("audience", "https://api.example/", "matching regex"),
        ("access_token_seconds", 30, "`int` >= 60"),
        ("usage_plans", {}, "length >= 1"),
        ("usage_plans", {"standard": {"rate": 0, "burst": 1}}, "`int` >= 1 - at `$[...].rate`"),
        ("usage_plans", {"standard": {"rate": 1}}, "missing required field `burst`"),
        ("throttle", {"rate": 1, "burst": 1, "quota": 1}, "unknown field `quota`"),
        ("throttle", "fast", "Expected `object`"),
        ("log_retention_days", 31, "Invalid enum value 31"),
        ("log_retention_days", "forever", "Expected `int`"),
        ("function_memory_mb", 64, "`int` >= 128"),
        ("processor_accounts", {}, "length >= 1"),
        ("processor_accounts", {"a": {}}, "either `environment`, or `api_url` and `identity_url`"),
        ("processor_accounts", {"a": {"environment": "test"}}, "Invalid enum value 'test'"),
        ("processor_accounts", {"a": {"environment": "uat", "api_url": "https://x"}}, "either `environment`"),
        ("processor_accounts", {"a": {"api_url": "https://x"}}, "either `environment`"),
        ("signing_keys", [], "length >= 1"),
        ("signing_keys", ["a", "a"], "named twice"),
        ("worker_concurrency", 1, "`int` >= 2"),
        ("worker_concurrency", 1001, "`int` <= 1000"),
        ("follow_up", {"first_seconds": 10}, "missing required field `longest_seconds`"),
        ("follow_up", FOLLOW_UP | {"first_seconds": 0}, "`int` >= 1 - at `$.first_seconds`"),
        ("follow_up", FOLLOW_UP | {"first_seconds": 3601}, "must not be more than `longest_seconds`"),
        ("follow_up", FOLLOW_UP | {"attempts": 3}, "unknown field `attempts`"),
        ("reconcile_at", "daily", "matching regex"),
        ("reconcile_at", "cron(15 24 * * ? *)", "matching regex"),
        ("reconcile_at", "cron(60 4 * * ? *)", "matching regex"),
        ("reconcile_at", "cron(15 4 1 * ? *)", "matching regex"),
        ("reconcile_at", "rate(1 day)", "matching regex"),
        ("tags", {"Owner": "x"}, "matching regex"),
        ("package", "missing.zip", "does not exist; run `make package`"),
        ("colour", "red", "not a known setting"),
        ("throttle", "{", "truncated"),
    ],
)
def test_a_wrong_value_is_refused_with_stack_key_and_reason(
    root: Path, key: str, value: Any, reason: str
) -> None:
    with pytest.raises(InvalidSettingsError) as refused:
        read(root, **{key: value})
    heading, *problems = str(refused.value).splitlines()
    assert heading == "Pulumi.dev.yaml is not usable:"
    assert len(problems) == 1
    assert problems[0].startswith(f"  tollgate:{key}: ")
    assert reason in problems[0]


def test_all_problems_are_told_at_once(root: Path) -> None:
    with pytest.raises(InvalidSettingsError) as refused:
        read(root, without="region", account_id="12", colour="red")
    keys = [line.split(":")[1] for line in str(refused.value).splitlines()[1:]]
    assert keys == ["account_id", "colour", "region"]


def test_each_stage_has_an_account_of_its_own(graphs: Graphs) -> None:
    accounts = {graphs(stack).exports["account_id"] for stack in STACKS}
    assert len(accounts) == len(STACKS)


@pytest.mark.parametrize("stack", STACKS)
def test_no_stage_may_use_a_default_provider(stack: str) -> None:
    assert 'pulumi:disable-default-providers: ["*"]' in (ROOT / f"Pulumi.{stack}.yaml").read_text()
