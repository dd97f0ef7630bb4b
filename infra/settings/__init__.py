"""What differs between stages: read once from `Pulumi.<stack>.yaml`, typed, refused when wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pulumi
from msgspec import Meta

from infra.durability import Durability
from infra.settings.alerts import Alerting
from infra.settings.archive import ArchiveSettings
from infra.settings.backup import BackupSettings
from infra.settings.capacity import Capacity
from infra.settings.card_fields import CardFields
from infra.settings.detection import Detection
from infra.settings.edge import Edge
from infra.settings.kinds import (
    AccountId,
    Label,
    PrincipalArn,
    Region,
    RetentionDays,
    Tag,
    TagKey,
    Url,
)
from infra.settings.network import NetworkPlan
from infra.settings.processor import FollowUp, ProcessorAccount
from infra.settings.reading import configured, read_file
from infra.settings.traffic import Throttle
from infra.settings.webhooks import STANDARD, WebhookSettings
from infra.stage import Stage

ROOT = Path(__file__).resolve().parents[2]
PROJECT = "tollgate"
# PCI DSS 10.5.1: audit logs are kept for twelve months.
AUDIT_DAYS = 365


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A stage's settings: the keys of its stack file, and what follows from them.

    `account_id` and `region`: where the stage lives; it has the account for itself. `durability`: whether
    all that it holds can be thrown away with the stack. `log_retention_days`: how long CloudWatch keeps
    logs. `function_memory_mb`: of each function; Lambda gives CPU in proportion. `processor_accounts`: by a
    name of one's own, where merchants' payments go. `follow_up`: when an operation without an outcome is
    looked after. `card_fields`: where they are served, and for whose pages; without it they aren't.
    `archive`: of logs and exported tables. `backup`: of the tables. `alerts`: who is told what. `capacity`:
    how much the stage can take. `detection`: who watches the account. `webhooks`: how events are sent.
    `tags`: on every resource.
    `operators`: IAM principals that deploy the stage and use the `tollgate` command on it. `previewers`:
    those that compare the stage with its program, and change nothing. `assume_roles`: roles to go through
    to reach the account, in order. `package`: the zip that the functions run, relative to `root`. `issuer`
    and `audience`: the access tokens' `iss` and `aud`; `access_token_seconds`: how long one is good.
    `signing_keys`: names of access-token keys; the first signs, all verify. `usage_plans`: limits per
    client, `throttle`: of the whole API. `edge`: firewall and domain. `network`: addresses, zones and the
    way out. `worker_concurrency`: how many batches of queued operations are worked on at once (2 to 1000,
    Lambda's own bounds). Sections with a class of their own say there what they mean.
    """

    stack: str
    root: Path

    account_id: AccountId
    region: Region
    operators: Annotated[tuple[PrincipalArn, ...], Meta(min_length=1)]
    durability: Durability
    issuer: Url
    audience: Url
    access_token_seconds: Annotated[int, Meta(ge=60, le=3600)]
    usage_plans: Annotated[dict[Label, Throttle], Meta(min_length=1)]
    throttle: Throttle
    log_retention_days: RetentionDays
    function_memory_mb: Annotated[int, Meta(ge=128, le=10240)]
    processor_accounts: Annotated[dict[Label, ProcessorAccount], Meta(min_length=1)]
    signing_keys: Annotated[tuple[Label, ...], Meta(min_length=1)]
    edge: Edge
    worker_concurrency: Annotated[int, Meta(ge=2, le=1000)]
    follow_up: FollowUp
    network: NetworkPlan
    archive: ArchiveSettings
    backup: BackupSettings
    alerts: Alerting
    capacity: Capacity
    detection: Detection
    tags: dict[TagKey, Tag]
    webhooks: WebhookSettings = STANDARD
    card_fields: CardFields | None = None
    previewers: tuple[PrincipalArn, ...] = ()
    package: str = ".build/tollgate.zip"
    assume_roles: tuple[PrincipalArn, ...] = ()

    @property
    def stage(self) -> Stage:
        """Where the stack deploys to."""
        return Stage(self.stack, self.account_id, self.region)

    @property
    def package_path(self) -> Path:
        """The package, absolute."""
        return self.root / self.package

    @property
    def pages_origin(self) -> str | None:
        """Where the card fields and the hosted page are, if the stage has them."""
        return self.card_fields.url if self.card_fields else self.edge.pages

    @property
    def processor_hosts(self) -> frozenset[str]:
        """The names of the processors' hosts."""
        accounts = self.processor_accounts.values()
        return frozenset(name for account in accounts for name in account.hosts().names)

    @property
    def outside_hosts(self) -> frozenset[str]:
        """The names of all that functions call outside AWS."""
        return self.processor_hosts | self.webhooks.hosts

    def contradictions(self) -> Mapping[str, str]:
        """See `StackFile`."""
        problems: dict[str, str] = {}
        for key, principals in (("operators", self.operators), ("previewers", self.previewers)):
            if any(f"::{self.account_id}:" not in principal for principal in principals):
                problems[key] = f"each must be of the stage's account {self.account_id}"
        if len(set(self.signing_keys)) != len(self.signing_keys):
            problems["signing_keys"] = "a key is named twice"
        if misfits := self.edge.contradictions(self.issuer, self.account_id, self.region, self.usage_plans):
            problems["edge"] = "; ".join(misfits)
        if self.card_fields and (misfits := self.card_fields.contradictions(self.account_id, self.edge)):
            problems["card_fields"] = "; ".join(misfits)
        plain = [name for name, account in self.processor_accounts.items() if not account.hosts().https]
        if self.network.firewall == "network" and plain:
            problems["network"] = f"`firewall` lets out HTTPS alone, unlike {', '.join(plain)}"
        durable = self.durability is Durability.DURABLE
        if problem := self.archive.contradiction(self.account_id, self.log_retention_days, durable):
            problems["archive"] = problem
        if problem := self.backup.contradiction(self.region, durable):
            problems["backup"] = problem
        if self.durability.protect and self.detection.evidence.kept_days < AUDIT_DAYS:
            problems["detection"] = f"a durable stage keeps its evidence for {AUDIT_DAYS} days or more"
        in_hand = self.follow_up.not_found_seconds + 2 * self.follow_up.longest_seconds
        if self.alerts.open_operation_minutes * 60 < in_hand:
            problems["alerts"] = (
                "`open_operation_minutes` must be more than `follow_up` takes by itself: "
                f"{in_hand / 60:g} (`not_found_seconds` and twice `longest_seconds`)"
            )
        if not self.package_path.is_file():
            problems["package"] = f"{self.package_path} does not exist; run `make package`"
        if misfits := self.capacity.contradictions(self.throttle.rate, self.worker_concurrency, self.region):
            problems["capacity"] = "; ".join(misfits)
        return problems


def stack_settings() -> Settings:
    """The running stack's settings. Raises `InvalidSettingsError`."""
    return read_settings(pulumi.get_stack(), configured(PROJECT), ROOT)


def read_settings(stack: str, values: Mapping[str, str], root: Path) -> Settings:
    """Settings from a stack's `tollgate:` keys. Raises `InvalidSettingsError` with all problems."""
    return read_file(Settings, PROJECT, stack, values, {"stack": stack, "root": root})
