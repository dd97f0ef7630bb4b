"""What must be there before a stack's first deployment, and what must not: from its settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    # It brings Pulumi's SDK along, which takes half a second.
    from infra.settings import Settings

Kind = Literal[
    "role",
    "policy",
    "bucket",
    "key",
    "certificate",
    "zone",
    "object",
    "security contact",
    "default network",
    "GuardDuty detector",
    "Config recorder",
    "Security Hub",
]
BOOTSTRAP = "docs/runbook/bootstrap-an-account.md makes it"


@dataclass(frozen=True)
class Prerequisite:
    """`name`: an ARN, a name, or a Region. `wanted`: whether it must be there, or must not."""

    kind: Kind
    name: str
    reason: str
    remedy: str
    wanted: bool = True


class Inventory(Protocol):
    """What an account has."""

    def has(self, kind: Kind, name: str) -> bool:
        """Whether it is there, and usable."""
        ...


def prerequisites(settings: Settings, *, first: bool) -> list[Prerequisite]:
    """All of a stack. `first`: nothing is deployed yet, so that what is there of detection isn't its own."""
    return [
        *_made_by_bootstrap(settings),
        *_named(settings),
        *_of_the_company(settings),
        _default_network(settings.stage.region),
        *(_in_the_way(settings) if first else ()),
    ]


def unmet(needed: list[Prerequisite], inventory: Inventory) -> list[Prerequisite]:
    """Those that the account doesn't meet, in the given order."""
    return [each for each in needed if inventory.has(each.kind, each.name) != each.wanted]


def _made_by_bootstrap(settings: Settings) -> Iterator[Prerequisite]:
    stage = settings.stage
    for boundary in ("tollgate-boundary", "tollgate-service-boundary"):
        arn = f"arn:aws:iam::{stage.account_id}:policy/{boundary}"
        yield Prerequisite("policy", arn, "every role has it as its boundary", BOOTSTRAP)
    yield Prerequisite("bucket", stage.bucket("state"), "Pulumi keeps the stack's state in it", BOOTSTRAP)
    yield Prerequisite("key", f"alias/{stage.physical('pulumi')}", "it opens the stack's secrets", BOOTSTRAP)
    yield Prerequisite("security contact", stage.account_id, "a rule of AWS Config asks for one", BOOTSTRAP)
    if settings.detection.config == "standalone":
        role = f"arn:aws:iam::{stage.account_id}:role/AWSServiceRoleForConfig"
        yield Prerequisite("role", role, "AWS Config records with it", BOOTSTRAP)


def _named(settings: Settings) -> Iterator[Prerequisite]:
    """IAM and KMS refuse policies that name somebody who isn't there."""
    for key, roles in {
        "operators": settings.operators,
        "previewers": settings.previewers,
        "archive.investigators": settings.archive.investigators,
    }.items():
        for role in roles:
            if not role.endswith(":root"):
                yield Prerequisite("role", role, f"{key}: policies name it", f"make it, or correct {key}")


def _of_the_company(settings: Settings) -> Iterator[Prerequisite]:
    if shown := settings.card_fields:
        needed = f"card_fields: of {shown.name}"
        yield Prerequisite("certificate", shown.certificate_arn, needed, "have ACM issue it in us-east-1")
        if shown.zone_id is not None:
            yield Prerequisite("zone", shown.zone_id, "card_fields: it gets records", "correct zone_id")
    domain = settings.edge.domain
    if domain is None:
        return
    yield Prerequisite(
        "certificate", domain.certificate_arn, f"edge.domain: of {domain.name}", "have ACM issue it"
    )
    if domain.zone_id is not None:
        yield Prerequisite("zone", domain.zone_id, "edge.domain: it gets records", "correct zone_id")
    if domain.mutual_tls is not None:
        yield Prerequisite(
            "object",
            domain.mutual_tls.truststore_uri.removeprefix("s3://"),
            "edge.domain.mutual_tls: the callers' certificates",
            "put it there, and name it as `truststore` in bootstrap/, too",
        )


def _in_the_way(settings: Settings) -> Iterator[Prerequisite]:
    """One of each to an account and Region: a second one is refused."""
    detection, region = settings.detection, settings.stage.region
    owners: dict[Kind, tuple[str, str]] = {
        "GuardDuty detector": ("guardduty", detection.guardduty),
        "Config recorder": ("config", detection.config),
        "Security Hub": ("security_hub", detection.security_hub),
    }
    for kind, (key, owner) in owners.items():
        if owner == "standalone":
            yield Prerequisite(
                kind,
                region,
                f"detection.{key} is standalone",
                f"remove it, or say `member` in detection.{key}",
                wanted=False,
            )


def _default_network(region: str) -> Prerequisite:
    ec2 = f"aws ec2 --region {region}"
    find = (
        f"$({ec2} describe-vpcs --filters Name=is-default,Values=true --query 'Vpcs[].VpcId' --output text)"
    )
    gateways = f"$({ec2} describe-internet-gateways --filters Name=attachment.vpc-id,Values=$vpc"
    subnets = f"$({ec2} describe-subnets --filters Name=vpc-id,Values=$vpc"
    return Prerequisite(
        "default network",
        region,
        "AWS makes one in every Region; rules and standards look at this one, and find fault with it",
        f"vpc={find}"
        f"; for id in {gateways} --query 'InternetGateways[].InternetGatewayId' --output text); do"
        f" {ec2} detach-internet-gateway --vpc-id $vpc --internet-gateway-id $id"
        f" && {ec2} delete-internet-gateway --internet-gateway-id $id; done"
        f"; for id in {subnets} --query 'Subnets[].SubnetId' --output text); do"
        f" {ec2} delete-subnet --subnet-id $id; done; {ec2} delete-vpc --vpc-id $vpc",
        wanted=False,
    )
