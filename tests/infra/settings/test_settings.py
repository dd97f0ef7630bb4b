"""All keys of a stack file, and how a wrong one is refused."""

from pathlib import Path
from typing import Any

import pytest

from infra.settings.reading import InvalidSettingsError
from tests.infra.graphs import STACKS, Graphs
from tests.infra.settings.stack_file import ALERTS, ARCHIVE, BACKUP, FOLLOW_UP, LOCK, NETWORK, USABLE, read
from tests.stacks import PROJECT


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


def test_alarms_link_to_a_page_that_whoever_is_called_can_open(root: Path) -> None:
    file = {key: value for key, value in ALERTS.items() if key != "runbook"}
    with pytest.raises(InvalidSettingsError, match="missing required field `runbook`"):
        read(root, alerts=file)
    with pytest.raises(InvalidSettingsError, match="Expected `str` matching regex"):
        read(root, alerts=ALERTS | {"runbook": "docs/runbook/alarms.md"})


def test_nobody_need_be_told_and_thresholds_have_defaults(root: Path) -> None:
    alerts = read(
        root, alerts={"urgent": {}, "notice": {}, "budget_usd": 1, "runbook": ALERTS["runbook"]}
    ).alerts
    assert not alerts.urgent
    assert alerts.decline_percent == 40
    assert read(root, alerts=ALERTS | {"decline_percent": 15}).alerts.decline_percent == 15


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
        ("usage_plans", {"standard": {"rate": 0, "burst": 1}}, "`int` >= 1 - at `standard.rate`"),
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
        ("follow_up", FOLLOW_UP | {"first_seconds": 0}, "`int` >= 1 - at `first_seconds`"),
        ("follow_up", FOLLOW_UP | {"first_seconds": 3601}, "must not be more than `longest_seconds`"),
        ("follow_up", FOLLOW_UP | {"attempts": 3}, "unknown field `attempts`"),
        ("network", NETWORK | {"cidr": "10.20.0.0"}, "must have a prefix of /16 to /24"),
        ("network", NETWORK | {"cidr": "10.20.0.0/15"}, "must have a prefix of /16 to /24"),
        ("network", NETWORK | {"cidr": "10.20.0.0/25"}, "must have a prefix of /16 to /24"),
        ("network", NETWORK | {"cidr": "10.20.1.0/20"}, "has host bits set"),
        ("network", NETWORK | {"cidr": "fd00::/20"}, "Expected 4 octets"),
        ("network", NETWORK | {"cidr": "11.0.0.0/20"}, "must be private"),
        ("network", NETWORK | {"cidr": "172.32.0.0/16"}, "must be private"),
        ("network", NETWORK | {"zones": ["a"]}, "length >= 2"),
        ("network", NETWORK | {"zones": ["a", "b", "c", "d"]}, "length <= 3"),
        ("network", NETWORK | {"zones": ["a", "a"]}, "names a zone twice"),
        ("network", NETWORK | {"zones": ["eu-west-1a", "b"]}, "matching regex"),
        ("network", NETWORK | {"endpoint_zones": []}, "length >= 1"),
        ("network", NETWORK | {"endpoint_zones": ["c"]}, "must be some of `zones`"),
        ("network", NETWORK | {"endpoint_zones": ["a", "a"]}, "must be some of `zones`"),
        ("network", NETWORK | {"nat": "none"}, "Invalid enum value 'none'"),
        ("network", NETWORK | {"vpn": True}, "unknown field `vpn`"),
        ("alerts", {"urgent": {}, "notice": {}}, "missing required field `budget_usd`"),
        ("alerts", ALERTS | {"budget_usd": 0}, "`int` >= 1 - at `budget_usd`"),
        (
            "alerts",
            ALERTS | {"urgent": ["team@example.com"]},
            "Expected `object`, got `array`",
        ),
        ("alerts", ALERTS | {"urgent": {"on-call": "http://events.example"}}, "matching regex"),
        ("alerts", ALERTS | {"notice": {"team": "team"}}, "matching regex"),
        ("alerts", ALERTS | {"decline_percent": 101}, "`int` <= 100 - at `decline_percent`"),
        ("alerts", ALERTS | {"latency_p99_milliseconds": 30_000}, "`int` <= 29000"),
        ("alerts", ALERTS | {"open_operation_minutes": 239}, "more than `follow_up` takes by itself: 240"),
        ("alerts", ALERTS | {"pager": "x"}, "unknown field `pager`"),
        ("archive", ARCHIVE | {"object_lock_days": 0}, "`int` >= 1"),
        ("archive", ARCHIVE | {"object_lock_days": 364}, "must be at least 365 (PCI DSS 10.5.1)"),
        ("archive", ARCHIVE | {"object_lock_days": 401}, "must not be more than `expire_after_days`"),
        ("archive", ARCHIVE | {"cold_after_days": 311}, "must be 90 more than `cold_after_days`"),
        ("archive", ARCHIVE | {"export_at": "cron(30 2 ? * SUN *)"}, "must name two days of the week"),
        ("archive", ARCHIVE | {"export_at": "cron(30 2 1 * ? *)"}, "Expected `str` matching regex"),
        ("archive", ARCHIVE | {"export_days": 364}, "must be from `object_lock_days`"),
        ("archive", ARCHIVE | {"expire_after_days": 399}, "must be at least `log_retention_days`, 400"),
        ("archive", ARCHIVE | {"investigators": []}, "length >= 1"),
        ("archive", ARCHIVE | {"investigators": ["*"]}, "matching regex"),
        ("archive", ARCHIVE | {"investigators": ["arn:aws:iam::333333333333:root"]}, "stage's account"),
        ("archive", ARCHIVE | {"export_at": "rate(1 hour)"}, "matching regex"),
        ("archive", ARCHIVE | {"export_vault": True}, "unknown field `export_vault`"),
        ("backup", BACKUP | {"copy_region": "eu-west-1"}, "another region than the stage's"),
        ("backup", BACKUP | {"monthly_cold_after_days": 276}, "must be 90 more"),
        ("backup", BACKUP | {"daily_days": 29}, "doesn't take backups"),
        ("backup", BACKUP | {"monthly_days": 401}, "doesn't take backups"),
        ("backup", BACKUP | {"lock": LOCK | {"cooling_off_days": 2}}, "`int` >= 3"),
        ("backup", BACKUP | {"lock": {"min_days": 30, "max_days": 400}}, "needs `cooling_off_days`"),
        ("backup", BACKUP | {"lock": LOCK | {"min_days": 401}}, "must not be more than `max_days`"),
        ("backup", BACKUP | {"at": "daily"}, "matching regex"),
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
    assert 'pulumi:disable-default-providers: ["*"]' in (PROJECT / f"Pulumi.{stack}.yaml").read_text()
