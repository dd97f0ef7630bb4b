"""How long what a stage has recorded is kept, and who may look into it."""

from typing import Annotated

from msgspec import Meta, Struct

from infra.settings.kinds import DailySchedule, Positive, PrincipalArn

# PCI DSS 10.5.1: audit logs are kept for at least twelve months.
AUDIT_DAYS = 365


class ArchiveSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """The archive of logs and of exported tables. Times are days from an object's creation.

    `object_lock_days`: for so long nobody deletes or changes an object. `cold_after_days`: then it is kept
    for less (S3 Glacier Instant Retrieval, still readable at once). `expire_after_days`: then it is deleted.
    `investigators`: IAM principals that may take the role which reads the archive. `export_at`: when payments
    and audits are exported, once a day.
    """

    object_lock_days: Positive
    cold_after_days: Positive
    expire_after_days: Positive
    investigators: Annotated[tuple[PrincipalArn, ...], Meta(min_length=1)]
    export_at: DailySchedule = "cron(30 2 * * ? *)"

    def __post_init__(self) -> None:
        if not self.cold_after_days < self.expire_after_days:
            raise ValueError("`cold_after_days` must be less than `expire_after_days`")
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
