"""What differs between stages: read once from `Pulumi.<stack>.yaml`, typed, refused when wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

import msgspec
import pulumi
from msgspec import Meta, Struct
from pulumi.runtime.config import CONFIG, get_config_env

from infra.durability import DURABILITY, Durability
from infra.stage import Stage

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "tollgate:"

AccountId = Annotated[str, Meta(pattern=r"^\d{12}$")]
Region = Annotated[str, Meta(pattern=r"^[a-z]{2}(-[a-z]+)+-\d$")]
PrincipalArn = Annotated[str, Meta(pattern=r"^arn:aws:iam::\d{12}:(root|role/[\w+=,.@/-]+)$")]
Url = Annotated[str, Meta(pattern=r"^https?://[^/\s]+(/\S*[^/\s])?$")]
Label = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")]
TagKey = Annotated[str, Meta(pattern=r"^[a-z][a-z_]{0,63}$")]
Seconds = Annotated[int, Meta(ge=1)]
Tag = Annotated[str, Meta(min_length=1, max_length=256)]
# EventBridge's form, in UTC, with free minute and hour: once a day, which reconciliation counts on.
DailySchedule = Annotated[str, Meta(pattern=r"^cron\(([1-5]?\d) (1?\d|2[0-3]) \* \* \? \*\)$")]
# What CloudWatch Logs accepts, from PutRetentionPolicy's documentation.
RetentionDays = Literal[
    30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
]


class InvalidSettingsError(pulumi.RunError):
    """The stack's configuration is wrong. The message names stack, key and reason of every problem."""


class Throttle(Struct, frozen=True, forbid_unknown_fields=True):
    """`rate`: steady requests per second. `burst`: requests at once."""

    rate: Annotated[int, Meta(ge=1)]
    burst: Annotated[int, Meta(ge=1)]


class ProcessorHosts(Struct, frozen=True):
    """Where a processor account is reached; neither ends in a slash."""

    api_url: str
    identity_url: str


# Payroc's published hosts.
PAYROC = {
    "uat": ProcessorHosts("https://api.uat.payroc.com/v1", "https://identity.uat.payroc.com"),
    "production": ProcessorHosts("https://api.payroc.com/v1", "https://identity.payroc.com"),
}


class ProcessorAccount(Struct, frozen=True, forbid_unknown_fields=True):
    """Either one of Payroc's environments, or hosts of one's own (the simulator)."""

    environment: Literal["uat", "production"] | None = None
    api_url: Url | None = None
    identity_url: Url | None = None

    def __post_init__(self) -> None:
        given = (self.environment is not None, self.api_url is not None, self.identity_url is not None)
        if given not in {(True, False, False), (False, True, True)}:
            raise ValueError("Expected either `environment`, or `api_url` and `identity_url`")

    def hosts(self) -> ProcessorHosts:
        """The hosts that the account stands for."""
        if self.environment is not None:
            return PAYROC[self.environment]
        return ProcessorHosts(self.api_url or "", self.identity_url or "")


class FollowUp(Struct, frozen=True, forbid_unknown_fields=True):
    """When an operation without an outcome is looked after, in seconds.

    `first_seconds` after its lease has ended, then less and less often, at last every `longest_seconds`. That
    the processor doesn't know it is believed after `not_found_seconds`, and watched for `watch_seconds` more.
    """

    first_seconds: Seconds
    longest_seconds: Seconds
    not_found_seconds: Seconds
    watch_seconds: Seconds

    def __post_init__(self) -> None:
        if self.first_seconds > self.longest_seconds:
            raise ValueError("`first_seconds` must not be more than `longest_seconds`")


@dataclass(frozen=True)
class StackFile:
    """The keys of a stack file, as they are written there. A key with a default may be left out."""

    account_id: AccountId
    region: Region
    operators: Annotated[tuple[PrincipalArn, ...], Meta(min_length=1)]
    durability: Literal["ephemeral", "durable"]
    issuer: Url
    audience: Url
    access_token_seconds: Annotated[int, Meta(ge=60, le=3600)]
    usage_plans: Annotated[dict[Label, Throttle], Meta(min_length=1)]
    throttle: Throttle
    log_retention_days: RetentionDays
    function_memory_mb: Annotated[int, Meta(ge=128, le=10240)]
    processor_accounts: Annotated[dict[Label, ProcessorAccount], Meta(min_length=1)]
    signing_keys: Annotated[tuple[Label, ...], Meta(min_length=1)]
    worker_concurrency: Annotated[int, Meta(ge=2, le=1000)]
    follow_up: FollowUp
    tags: dict[TagKey, Tag]
    reconcile_at: DailySchedule = "cron(15 4 * * ? *)"
    package: str = ".build/tollgate.zip"
    assume_roles: tuple[PrincipalArn, ...] = ()


@dataclass(frozen=True)
class Settings:
    """A stage's settings.

    `operators`: IAM principals that deploy the stage and use the `tollgate` command on it. `assume_roles`:
    roles to go through to reach the account, in order. `package`: the zip that the functions run. `issuer`
    and `audience`: the access tokens' `iss` and `aud`; `access_token_seconds`: how long one is good.
    `signing_keys`: names of access-token keys; the first signs, all verify. `usage_plans`: limits per
    client, `throttle`: of the whole API. `worker_concurrency`: how many batches of queued operations are
    worked on at once (2 to 1000, Lambda's own bounds). `reconcile_at`: when payments are compared with the
    processors' lists, once a day.
    """

    stage: Stage
    operators: tuple[str, ...]
    assume_roles: tuple[str, ...]
    package: Path
    durability: Durability
    issuer: str
    audience: str
    access_token_seconds: int
    usage_plans: Mapping[str, Throttle]
    throttle: Throttle
    log_retention_days: int
    function_memory_mb: int
    processor_accounts: Mapping[str, ProcessorHosts]
    signing_keys: tuple[str, ...]
    worker_concurrency: int
    follow_up: FollowUp
    reconcile_at: str
    tags: Mapping[str, str]


def stack_settings() -> Settings:
    """The running stack's settings. Raises `InvalidSettingsError`."""
    configured = {**get_config_env(), **CONFIG.get()}
    values = {key.removeprefix(PREFIX): text for key, text in configured.items() if key.startswith(PREFIX)}
    return read_settings(pulumi.get_stack(), values, ROOT)


def read_settings(stack: str, values: Mapping[str, str], root: Path) -> Settings:
    """Settings from a stack's `tollgate:` keys, structured values as JSON (Pulumi's own encoding).

    `root` is the folder that `package` is relative to. Raises `InvalidSettingsError` with all problems.
    """
    written, problems = _decode(values)
    package = root / str(written.get("package", StackFile.package))
    problems |= _contradictions(written, package)
    if problems:
        lines = "".join(f"\n  {PREFIX}{key}: {reason}" for key, reason in sorted(problems.items()))
        raise InvalidSettingsError(f"Pulumi.{stack}.yaml is not usable:{lines}")
    file = StackFile(**written)
    return Settings(
        stage=Stage(stack, file.account_id, file.region),
        operators=file.operators,
        assume_roles=file.assume_roles,
        package=package,
        durability=DURABILITY[file.durability],
        issuer=file.issuer,
        audience=file.audience,
        access_token_seconds=file.access_token_seconds,
        usage_plans=file.usage_plans,
        throttle=file.throttle,
        log_retention_days=file.log_retention_days,
        function_memory_mb=file.function_memory_mb,
        processor_accounts={name: account.hosts() for name, account in file.processor_accounts.items()},
        signing_keys=file.signing_keys,
        worker_concurrency=file.worker_concurrency,
        follow_up=file.follow_up,
        reconcile_at=file.reconcile_at,
        tags=file.tags,
    )


def _decode(values: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The well-formed values by key, and the reason for every other key."""
    kinds = get_type_hints(StackFile, include_extras=True)
    required = {field.name for field in fields(StackFile)} - set(vars(StackFile))
    problems = dict.fromkeys(values.keys() - kinds.keys(), "not a known setting")
    problems |= dict.fromkeys(required - values.keys(), "missing")
    written: dict[str, Any] = {}
    for key in kinds.keys() & values.keys():
        try:
            written[key] = _value(values[key], kinds[key])
        except msgspec.DecodeError as error:
            problems[key] = str(error)
    return written, problems


def _value(text: str, kind: Any) -> Any:
    """Pulumi hands strings and numbers over as they are, and everything else as JSON."""
    value = msgspec.json.decode(text) if text.startswith(("[", "{")) else text
    return msgspec.convert(value, kind, strict=False)


def _contradictions(written: Mapping[str, Any], package: Path) -> dict[str, str]:
    """What is wrong with values that are well-formed, each on its own."""
    problems: dict[str, str] = {}
    account = written.get("account_id")
    if account and any(f"::{account}:" not in operator for operator in written.get("operators", ())):
        problems["operators"] = f"every operator must be of the stage's account {account}"
    signing_keys = written.get("signing_keys", ())
    if len(set(signing_keys)) != len(signing_keys):
        problems["signing_keys"] = "a key is named twice"
    if not package.is_file():
        problems["package"] = f"{package} does not exist; run `make package`"
    return problems
