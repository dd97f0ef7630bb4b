"""How often tables are backed up, and how long backups are kept."""

from typing import Annotated

from msgspec import Meta, Struct

from infra.settings.kinds import DailySchedule, Positive, Region

# What AWS Backup asks: a backup that has gone to cold storage stays there for 90 days.
COLD_DAYS = 90


class VaultLock(Struct, frozen=True, forbid_unknown_fields=True):
    """The vault takes backups that are kept for `min_days` to `max_days`, and gives none away earlier.

    `cooling_off_days`: so long the lock can be taken off again, then by nobody, not even AWS (compliance
    mode). Without it whoever has the right can take it off at any time (governance mode).
    """

    min_days: Positive
    max_days: Positive
    cooling_off_days: Annotated[int, Meta(ge=3, le=36500)] | None = None

    def __post_init__(self) -> None:
        if self.min_days > self.max_days:
            raise ValueError("`min_days` must not be more than `max_days`")


class BackupSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """AWS Backup of every table. Times are days from a backup's creation.

    `daily_days`, `monthly_days`: how long such a backup is kept; a monthly one goes to cold storage after
    `monthly_cold_after_days`. `lock`: of the vault, and of the other region's. `copy_region`: where each
    backup is copied to; without it, nowhere. `at`: when, once a day, monthly ones on the first.
    """

    daily_days: Positive
    monthly_days: Positive
    monthly_cold_after_days: Positive
    lock: VaultLock
    copy_region: Region | None = None
    at: DailySchedule = "cron(0 1 * * ? *)"

    def __post_init__(self) -> None:
        if self.monthly_days < self.monthly_cold_after_days + COLD_DAYS:
            raise ValueError(f"`monthly_days` must be {COLD_DAYS} more than `monthly_cold_after_days`")
        for days in (self.daily_days, self.monthly_days):
            if not self.lock.min_days <= days <= self.lock.max_days:
                raise ValueError("the vault's `lock` doesn't take backups that are kept for so long")

    def contradiction(self, region: str, durable: bool) -> str | None:
        """What doesn't go with the rest of the stage's settings."""
        if self.copy_region == region:
            return f"`copy_region` must be another region than the stage's, {region}"
        if durable and self.lock.cooling_off_days is None:
            return "a durable stage's `lock` needs `cooling_off_days`: without, one person can take it off"
        if not durable and self.lock.cooling_off_days is not None:
            return "an ephemeral stage's `lock` must not have `cooling_off_days`: its vault could never go"
        return None
