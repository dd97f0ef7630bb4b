"""How often tables are backed up, and how long backups are kept."""

from typing import Annotated

from msgspec import Meta, Struct

from infra.settings.kinds import DailySchedule, Positive, Region, WeeklySchedule, longest_between

# What AWS Backup asks: a backup that has gone to cold storage stays there for 90 days.
COLD_DAYS = 90
# An alarm looks at the past seven days at most: a week without a copy would be told too late.
LONGEST_WITHOUT_COPY = 5


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
    `monthly_cold_after_days`. `lock`: of the vault, and of the other region's. `copy_region`: where a backup
    is copied to that is made at `copy_at`, daily or on some days of the week; it and its copy are kept until
    a day after the next, or for `lock.min_days`. Without it there are no copies. `at`: when, once a day,
    monthly ones on the first.
    """

    daily_days: Positive
    monthly_days: Positive
    monthly_cold_after_days: Positive
    lock: VaultLock
    copy_region: Region | None = None
    copy_at: WeeklySchedule = "cron(0 13 ? * WED,SUN *)"
    at: DailySchedule = "cron(0 1 * * ? *)"

    def __post_init__(self) -> None:
        if self.monthly_days < self.monthly_cold_after_days + COLD_DAYS:
            raise ValueError(f"`monthly_days` must be {COLD_DAYS} more than `monthly_cold_after_days`")
        for days in (self.daily_days, self.monthly_days):
            if not self.lock.min_days <= days <= self.lock.max_days:
                raise ValueError("the vault's `lock` doesn't take backups that are kept for so long")
        if self.longest_without_copy > LONGEST_WITHOUT_COPY:
            raise ValueError(f"`copy_at` must leave no more than {LONGEST_WITHOUT_COPY} days between copies")

    @property
    def longest_without_copy(self) -> int:
        """Days from one copy to the next, at the most."""
        return longest_between(self.copy_at)

    @property
    def copied_days(self) -> int:
        """How long a backup that is copied, and its copy, are kept: a lost Region needs the newest one."""
        return max(self.longest_without_copy + 1, self.lock.min_days)

    def contradiction(self, region: str, durable: bool) -> str | None:
        """What doesn't go with the rest of the stage's settings."""
        if self.copy_region == region:
            return f"`copy_region` must be another region than the stage's, {region}"
        if durable and self.lock.cooling_off_days is None:
            return "a durable stage's `lock` needs `cooling_off_days`: without, one person can take it off"
        if not durable and self.lock.cooling_off_days is not None:
            return "an ephemeral stage's `lock` must not have `cooling_off_days`: its vault could never go"
        return None
