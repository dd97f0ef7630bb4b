import json
import re
from pathlib import Path
from typing import Any, get_args

import pytest

from infra import access
from infra.settings import Settings, read_settings
from infra.settings.kinds import FunctionName
from infra.settings.reading import InvalidSettingsError
from tests.infra.graphs import ROOT, STACKS, Graphs

FOLLOW_UP = {
    "first_seconds": 10,
    "longest_seconds": 3600,
    "not_found_seconds": 7200,
    "watch_seconds": 604800,
}
ALERTS = {
    "urgent": {"on-call": "https://events.example/integration/1"},
    "notice": {"team": "team@example.com"},
    "budget_usd": 100,
}
ON_DEMAND = {"mode": "on_demand", "maximum": {"reads": 100, "writes": 50}}
CONCURRENCY = {"account": 1000, "request_milliseconds": 400}
CAPACITY = {
    "concurrency": CONCURRENCY,
    "tables": dict.fromkeys(("payments", "vault", "clients", "audits"), ON_DEMAND),
}
EDGE = {"requests_per_minute": 60000, "token_requests_per_minute": 300}
OWN_DOMAIN = {
    "name": "api.example",
    "certificate_arn": "arn:aws:acm:eu-west-1:222222222222:certificate/11111111-2222-3333-4444-555555555555",
}
SIMULATOR = {"api_url": "http://127.0.0.1:9000/v1", "identity_url": "http://127.0.0.1:9000"}
NETWORK: dict[str, Any] = {
    "cidr": "10.20.0.0/20",
    "zones": ["a", "b"],
    "endpoint_zones": ["a"],
    "nat": "single",
    "egress_firewall": True,
}
ARCHIVE = {
    "object_lock_days": 365,
    "cold_after_days": 90,
    "expire_after_days": 400,
    "investigators": ["arn:aws:iam::222222222222:role/audit"],
}
LOCK = {"min_days": 30, "max_days": 400, "cooling_off_days": 3}
BACKUP = {
    "daily_days": 35,
    "monthly_days": 365,
    "monthly_cold_after_days": 275,
    "lock": LOCK,
    "copy_region": "eu-central-1",
}
DETECTION: dict[str, Any] = {
    "guardduty": "standalone",
    "config": "standalone",
    "security_hub": "standalone",
    "standards": ["fsbp"],
    "access_analyzer": "standalone",
    "trail": "standalone",
    "evidence": {"locked_days": 365, "cold_after_days": 90, "kept_days": 731},
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
    "edge": EDGE,
    "follow_up": FOLLOW_UP,
    "network": NETWORK,
    "archive": ARCHIVE,
    "backup": BACKUP,
    "alerts": ALERTS,
    "capacity": CAPACITY,
    "detection": DETECTION,
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


def test_the_edge_needs_limits_only(root: Path) -> None:
    edge = read(root).edge
    assert (edge.anonymous_addresses, edge.cors_origins, edge.domain) == ("count", (), None)


def test_a_domain_may_ask_for_client_certificates(root: Path) -> None:
    trust = {"truststore_uri": "s3://trust/clients.pem", "truststore_version": "v1"}
    domain = read(
        root, edge=EDGE | {"domain": OWN_DOMAIN | {"zone_id": "Z1", "mutual_tls": trust}}
    ).edge.domain
    assert domain is not None
    assert domain.mutual_tls is not None
    assert domain.url == "https://api.example"


def test_card_pages_are_origins(root: Path) -> None:
    pages = ["https://pay.shop.example", "https://pay.shop.example:8443", "http://localhost:3000"]
    assert read(root, edge=EDGE | {"cors_origins": pages}).edge.cors_origins == tuple(pages)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"requests_per_minute": 2999}, "must be 3000 or more"),
        ({"requests_per_minute": 9}, "`int` >= 10 - at `$.requests_per_minute`"),
        ({"token_requests_per_minute": 60001}, "must not be more than `requests_per_minute`"),
        ({"anonymous_addresses": "allow"}, "Invalid enum value 'allow'"),
        ({"cors_origins": ["*"]}, "matching regex"),
        ({"cors_origins": ["https://pay.shop.example/"]}, "matching regex"),
        ({"cors_origins": ["http://pay.shop.example"]}, "matching regex"),
        ({"cors_origins": ["https://*.shop.example"]}, "matching regex"),
        ({"domain": {"name": "api.example"}}, "missing required field `certificate_arn`"),
        ({"domain": OWN_DOMAIN | {"name": "https://api.example"}}, "matching regex"),
        ({"domain": OWN_DOMAIN | {"name": "pay.example"}}, "the issuer must be https://pay.example"),
        ({"domain": OWN_DOMAIN | {"certificate_arn": "arn:aws:iam::1:x"}}, "matching regex"),
        (
            {
                "domain": OWN_DOMAIN
                | {"certificate_arn": OWN_DOMAIN["certificate_arn"].replace("222222222222", "333333333333")}
            },
            "the certificate must be of account 222222222222 in eu-west-1",
        ),
        ({"domain": OWN_DOMAIN | {"zone_id": "zone"}}, "matching regex"),
        (
            {"domain": OWN_DOMAIN | {"mutual_tls": {"truststore_uri": "s3://a-bucket/x"}}},
            "missing required field",
        ),
        ({"firewall": False}, "unknown field `firewall`"),
    ],
)
def test_a_wrong_edge_is_refused(root: Path, changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(InvalidSettingsError) as refused:
        read(root, edge=EDGE | changed)
    _, *problems = str(refused.value).splitlines()
    assert len(problems) == 1
    assert problems[0].startswith("  tollgate:edge: ")
    assert reason in problems[0]


def test_a_backup_may_stay_in_its_region(root: Path) -> None:
    settings = read(root, backup={key: value for key, value in BACKUP.items() if key != "copy_region"})
    assert settings.backup.copy_region is None
    assert settings.archive.export_at == "cron(30 2 * * ? *)"


def test_a_stage_that_is_thrown_away_keeps_records_for_as_long_as_it_likes(root: Path) -> None:
    lock = {"min_days": 1, "max_days": 400}
    short = ARCHIVE | {"object_lock_days": 1}
    settings = read(root, durability="ephemeral", archive=short, backup=BACKUP | {"lock": lock})
    assert settings.archive.object_lock_days == 1


def test_a_stage_that_is_thrown_away_can_not_lock_its_vault_for_ever(root: Path) -> None:
    with pytest.raises(InvalidSettingsError, match="must not have `cooling_off_days`"):
        read(root, durability="ephemeral")


def test_nobody_need_be_told_and_thresholds_have_defaults(root: Path) -> None:
    alerts = read(root, alerts={"urgent": {}, "notice": {}, "budget_usd": 1}).alerts
    assert not alerts.urgent
    assert alerts.decline_percent == 40
    assert read(root, alerts=ALERTS | {"decline_percent": 15}).alerts.decline_percent == 15


@pytest.mark.parametrize(
    ("environment", "api_url"),
    [("uat", "https://api.uat.payroc.com/v1"), ("production", "https://api.payroc.com/v1")],
)
def test_a_processor_environment_stands_for_payrocs_hosts(root: Path, environment: str, api_url: str) -> None:
    settings = read(root, processor_accounts={"main": {"environment": environment}})
    assert settings.processor_accounts["main"].hosts().api_url == api_url


def test_a_processor_account_may_name_hosts_of_its_own(root: Path) -> None:
    settings = read(
        root, processor_accounts={"simulator": SIMULATOR}, network=NETWORK | {"egress_firewall": False}
    )
    assert settings.processor_accounts["simulator"].hosts().identity_url == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    "hosts",
    [
        SIMULATOR,
        {"api_url": "https://api.example:8443/v1", "identity_url": "https://identity.example"},
        {"api_url": "https://api.example/v1", "identity_url": "http://identity.example"},
    ],
)
def test_a_firewall_that_lets_out_https_alone_refuses_a_processor_without_it(
    root: Path, hosts: dict[str, str]
) -> None:
    with pytest.raises(InvalidSettingsError, match=r"tollgate:network: `egress_firewall`.* unlike simulator"):
        read(root, processor_accounts={"simulator": hosts})


def test_hosts_are_named_without_port_and_path(root: Path) -> None:
    account = {"api_url": "https://API.example:443/v1", "identity_url": "https://identity.example"}
    settings = read(root, processor_accounts={"own": account, "uat": {"environment": "uat"}})
    assert settings.processor_hosts == {
        "api.example",
        "identity.example",
        "api.uat.payroc.com",
        "identity.uat.payroc.com",
    }


def test_a_network_may_be_as_small_or_as_large_as_aws_takes(root: Path) -> None:
    for cidr in ("10.0.0.0/16", "172.31.0.0/16", "192.168.7.0/24"):
        assert read(root, network=NETWORK | {"cidr": cidr}).network.cidr == cidr


@pytest.mark.parametrize(("nat", "zones"), [("single", ("b",)), ("per_zone", ("b", "c"))])
def test_a_zone_without_a_way_out_uses_the_first_ones(root: Path, nat: str, zones: tuple[str, ...]) -> None:
    changed = {"zones": ["b", "c"], "endpoint_zones": ["b"], "nat": nat}
    network = read(root, network=NETWORK | changed).network
    assert network.nat_zones == zones
    assert [network.nat_zone(zone) for zone in ("b", "c")] == ["b", zones[-1]]


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
        ("alerts", ALERTS | {"budget_usd": 0}, "`int` >= 1 - at `$.budget_usd`"),
        (
            "alerts",
            ALERTS | {"urgent": ["team@example.com"]},
            "Expected `object`, got `array`",
        ),
        ("alerts", ALERTS | {"urgent": {"on-call": "http://events.example"}}, "matching regex"),
        ("alerts", ALERTS | {"notice": {"team": "team"}}, "matching regex"),
        ("alerts", ALERTS | {"decline_percent": 101}, "`int` <= 100 - at `$.decline_percent`"),
        ("alerts", ALERTS | {"latency_p99_milliseconds": 30_000}, "`int` <= 29000"),
        ("alerts", ALERTS | {"open_operation_minutes": 239}, "more than `follow_up` takes by itself: 240"),
        ("alerts", ALERTS | {"pager": "x"}, "unknown field `pager`"),
        ("reconcile_at", "daily", "matching regex"),
        ("reconcile_at", "cron(15 24 * * ? *)", "matching regex"),
        ("reconcile_at", "cron(60 4 * * ? *)", "matching regex"),
        ("reconcile_at", "cron(15 4 1 * ? *)", "matching regex"),
        ("reconcile_at", "rate(1 day)", "matching regex"),
        ("archive", ARCHIVE | {"object_lock_days": 0}, "`int` >= 1"),
        ("archive", ARCHIVE | {"object_lock_days": 364}, "must be at least 365 (PCI DSS 10.5.1)"),
        ("archive", ARCHIVE | {"object_lock_days": 401}, "must not be more than `expire_after_days`"),
        ("archive", ARCHIVE | {"cold_after_days": 400}, "must be less than `expire_after_days`"),
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


def test_detection_may_be_the_organizations(root: Path) -> None:
    member = dict.fromkeys(("guardduty", "config", "security_hub", "access_analyzer"), "member")
    settings = read(root, detection=DETECTION | member | {"trail": "organization", "standards": []})
    assert settings.detection.config_role == "created"
    assert settings.detection.limits.credential_days == 90


def test_a_throw_away_stage_may_forget_its_evidence(root: Path) -> None:
    evidence = {"locked_days": 1, "cold_after_days": 30, "kept_days": 90}
    read(
        root,
        durability="ephemeral",
        detection=DETECTION | {"evidence": evidence},
        backup=BACKUP | {"lock": {"min_days": 1, "max_days": 400}},
        archive=ARCHIVE | {"object_lock_days": 1},
    )


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"guardduty": "off"}, "Invalid enum value 'off' - at `$.guardduty`"),
        ({"macie": "standalone"}, "unknown field `macie`"),
        ({"standards": []}, "which needs one at least"),
        ({"security_hub": "member"}, "`standards` are for a standalone `security_hub`"),
        ({"standards": ["fsbp", "fsbp"]}, "names one twice"),
        ({"standards": ["pci-dss-3.2.1"]}, "Invalid enum value 'pci-dss-3.2.1'"),
        ({"access_analyzer": "member", "unused_access_days": 90}, "standalone `access_analyzer`"),
        ({"trail": "organization", "insights": True}, "`insights` is for a standalone `trail`"),
        ({"limits": {"credential_days": 91}}, "`int` <= 90"),
        (
            {"evidence": {"locked_days": 732, "cold_after_days": 90, "kept_days": 731}},
            "`locked_days` must not be more than `kept_days`",
        ),
        (
            {"evidence": {"locked_days": 365, "cold_after_days": 731, "kept_days": 731}},
            "`cold_after_days` must be less than `kept_days`",
        ),
        (
            {"evidence": {"locked_days": 90, "cold_after_days": 30, "kept_days": 364}},
            "a durable stage keeps its evidence for 365 days or more",
        ),
    ],
)
def test_detection_that_contradicts_itself_is_refused(
    root: Path, changed: dict[str, Any], reason: str
) -> None:
    with pytest.raises(InvalidSettingsError) as refused:
        read(root, detection=DETECTION | changed)
    (problem,) = str(refused.value).splitlines()[1:]
    assert problem.startswith("  tollgate:detection: ")
    assert reason in problem
