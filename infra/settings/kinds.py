"""The kinds of values that stack files hold."""

from typing import Annotated, Literal

from msgspec import Meta

AccountId = Annotated[str, Meta(pattern=r"^\d{12}$")]
Region = Annotated[str, Meta(pattern=r"^[a-z]{2}(-[a-z]+)+-\d$")]
PrincipalArn = Annotated[str, Meta(pattern=r"^arn:aws:iam::\d{12}:(root|role/[\w+=,.@/-]+)$")]
Url = Annotated[str, Meta(pattern=r"^https?://[^/\s]+(/\S*[^/\s])?$")]
Label = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")]
TagKey = Annotated[str, Meta(pattern=r"^[a-z][a-z_]{0,63}$")]
Tag = Annotated[str, Meta(min_length=1, max_length=256)]
FunctionName = Literal[
    "authorizer",
    "identity",
    "tokens",
    "payments",
    "refunds",
    "checkout",
    "audits",
    "events",
    "webhooks",
    "projector",
    "publisher",
    "deliverer",
    "sweeper",
    "worker",
    "reconciler",
]
TableName = Literal["payments", "vault", "clients", "audits"]
Positive = Annotated[int, Meta(ge=1)]
# EventBridge's form, in UTC, with free minute and hour: once a day, which reconciliation counts on.
DailySchedule = Annotated[str, Meta(pattern=r"^cron\(([1-5]?\d) (1?\d|2[0-3]) \* \* \? \*\)$")]
# The same on some days of the week, or daily.
WeeklySchedule = Annotated[
    str,
    Meta(
        pattern=r"^cron\(([1-5]?\d) (1?\d|2[0-3]) "
        r"(\* \* \? \*|\? \* (MON|TUE|WED|THU|FRI|SAT|SUN)(,(MON|TUE|WED|THU|FRI|SAT|SUN))* \*)\)$"
    ),
]
WEEK = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
# What CloudWatch Logs accepts, from PutRetentionPolicy's documentation.
RetentionDays = Literal[
    30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
]


def longest_between(schedule: str) -> int:
    """Days from one time of a `WeeklySchedule` to the next, at the most."""
    on = [number for number, day in enumerate(WEEK) if day in schedule]
    if not on:
        return 1
    return max((later - earlier) % 7 or 7 for earlier, later in zip(on, [*on[1:], on[0]], strict=True))
