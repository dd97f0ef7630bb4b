"""A stack file that is usable, to be changed one value at a time."""

import json
from pathlib import Path
from typing import Any

from infra.settings import Settings, read_settings

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
    "runbook": "https://wiki.example/tollgate/alarms",
}
ON_DEMAND = {"mode": "on_demand", "maximum": {"reads": 100, "writes": 50}}
CONCURRENCY = {"account": 1000, "request_milliseconds": 400}
CAPACITY = {
    "concurrency": CONCURRENCY,
    "tables": dict.fromkeys(
        ("payments", "vault", "clients", "sessions", "audits", "events", "webhooks"), ON_DEMAND
    ),
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
    "firewall": "network",
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


def read(root: Path, without: str = "", **changed: Any) -> Settings:
    values = {key: value for key, value in (USABLE | changed).items() if key != without}
    return read_settings("dev", {key: _wire(value) for key, value in values.items()}, root)


def _wire(value: Any) -> str:
    """What Pulumi hands to the program."""
    return value if isinstance(value, str) else json.dumps(value)
