"""Who watches a stage's account: the stage itself, or the organization that the account belongs to."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from infra.settings.archive import COLD_DAYS
from infra.settings.kinds import Positive, TableName

Owner = Literal["standalone", "member"]
Standard = Literal["fsbp", "pci-dss-4.0.1", "cis-3.0.0"]


class Evidence(Struct, frozen=True, forbid_unknown_fields=True):
    """How long the trail's and AWS Config's files are kept, in days.

    `locked_days`: for so long nobody can change or remove a file of the trail. `cold_after_days`: then files
    are in cheaper storage; never without. `kept_days`: then they go.
    """

    locked_days: Positive
    kept_days: Positive
    cold_after_days: Positive | None = None

    def __post_init__(self) -> None:
        if self.locked_days > self.kept_days:
            raise ValueError("`locked_days` must not be more than `kept_days`")
        if self.cold_after_days and self.kept_days < self.cold_after_days + COLD_DAYS:
            raise ValueError(f"`kept_days` must be {COLD_DAYS} more than `cold_after_days`")


class RuleLimits(Struct, frozen=True, forbid_unknown_fields=True):
    """What the rules of AWS Config measure against, in days.

    `credential_days`: how old a password or access key may be, and how long unused (PCI DSS: 90 at most).
    `certificate_days`: how long before its end a certificate must be renewed. `backup_days`: how long
    backups are kept at least.
    """

    credential_days: Annotated[int, Meta(ge=1, le=90)] = 90
    certificate_days: Positive = 30
    backup_days: Positive = 35


class Detection(Struct, frozen=True, forbid_unknown_fields=True):
    """Who runs each service of detection in the account; what the organization runs is not made here.

    `guardduty`, `security_hub`, `access_analyzer`, `trail`: `standalone` is the stage's own, `member` (the
    trail: `organization`) the organization's; Security Hub may be `off`. `standards`: what Security Hub
    checks, which an account of an organization says for itself, too. `config`: who owns the account's
    recorder of AWS Config and where it delivers to; our rules are there in either case. `global_resources`:
    whether IAM is recorded (in one Region of an account). `unused_access_days`: findings about rights that
    nobody has used for so long, which are paid per role; none without. `insights`: the trail's own, paid,
    search for unusual activity. `record_functions`: tables of which the trail has each use by the stage's own
    functions, too, paid by the event; of the others it has what people and other roles do.
    """

    guardduty: Owner
    config: Owner
    security_hub: Literal["standalone", "member", "off"]
    access_analyzer: Owner
    trail: Literal["standalone", "organization"]
    evidence: Evidence
    standards: tuple[Standard, ...] = ()
    global_resources: bool = True
    unused_access_days: Annotated[int, Meta(ge=1, le=365)] | None = None
    insights: bool = False
    record_functions: frozenset[TableName] = frozenset({"vault"})
    limits: RuleLimits = RuleLimits()

    def __post_init__(self) -> None:
        if bool(self.standards) != (self.security_hub != "off"):
            raise ValueError(
                "`standards` are what `security_hub` checks: one at least, and none if it is off"
            )
        if len(set(self.standards)) != len(self.standards):
            raise ValueError("`standards` names one twice")
        if self.unused_access_days is not None and self.access_analyzer == "member":
            raise ValueError("`unused_access_days` is for a standalone `access_analyzer`")
        if self.insights and self.trail == "organization":
            raise ValueError("`insights` is for a standalone `trail`")
