"""How long what a stage has recorded is kept, and who may look into it."""

from typing import Annotated

from msgspec import Meta, Struct

from infra.settings.kinds import WEEK, Positive, PrincipalArn, WeeklySchedule, longest_between

# PCI DSS 10.5.1: audit logs are kept for at least twelve months.
AUDIT_DAYS = 365
# S3 asks at least so many days' price of the cold class (S3 Glacier Instant Retrieval).
COLD_DAYS = 90
# An alarm looks at the past seven days at most: a stage that exports once a week would be told too late.
LONGEST_WITHOUT_EXPORT = 6


class ArchiveSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The archive of logs and of exported tables. Times are days from an object's creation.

    `object_lock_days`: for so long nobody deletes or changes an object. `cold_after_days`: then it is kept
    for less (S3 Glacier Instant Retrieval, still readable at once); never without. `expire_after_days`: then
    it is deleted. `investigators`: IAM principals that may take the role which reads the archive.
    `export_at`: when payments and audits are exported whole, daily or on some days of the week. With
    `export_in_turn` each of these days is one table's, in turn. `export_days`: for so long an export is
    kept, if not for `expire_after_days`.
    """

    object_lock_days: Positive
    expire_after_days: Positive
    investigators: Annotated[tuple[PrincipalArn, ...], Meta(min_length=1)]
    cold_after_days: Positive | None = None
    export_at: WeeklySchedule = "cron(30 2 * * ? *)"
    export_in_turn: bool = False
    export_days: Positive | None = None

    @property
    def longest_without_export(self) -> int:
        """Days from one export to the next, at the most."""
        return longest_between(self.export_at)

    def export_schedule(self, place: int, tables: int) -> str:
        """When the table at a place among so many is exported."""
        if not self.export_in_turn:
            return self.export_at
        days = [day for day in WEEK if day in self.export_at] or WEEK
        minute, hour, *_ = self.export_at.removeprefix("cron(").split()
        return f"cron({minute} {hour} ? * {','.join(days[place::tables])} *)"

    def __post_init__(self) -> None:
        if self.cold_after_days and self.expire_after_days < self.cold_after_days + COLD_DAYS:
            raise ValueError(f"`expire_after_days` must be {COLD_DAYS} more than `cold_after_days`")
        if self.longest_without_export > LONGEST_WITHOUT_EXPORT:
            raise ValueError("`export_at` must name two days of the week at least, or every day")
        if self.export_days and not self.object_lock_days <= self.export_days <= self.expire_after_days:
            raise ValueError("`export_days` must be from `object_lock_days` to `expire_after_days`")
        if self.object_lock_days > self.expire_after_days:
            raise ValueError("`object_lock_days` must not be more than `expire_after_days`")

    def contradiction(self, account_id: str, log_retention_days: int, durable: bool) -> str | None:
        """What doesn't go with the rest of the stage's settings."""
        if any(f"::{account_id}:" not in investigator for investigator in self.investigators):
            return f"every investigator must be of the stage's account {account_id}"
        if self.expire_after_days < log_retention_days:
            return f"`expire_after_days` must be at least `log_retention_days`, {log_retention_days}"
        if durable and self.object_lock_days < AUDIT_DAYS:
            return f"a durable stage's `object_lock_days` must be at least {AUDIT_DAYS} (PCI DSS 10.5.1)"
        return None
