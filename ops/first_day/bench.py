"""An account, a clock to wait by, and a way to ask the API: what a trial works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

from ops.verification import Account
from ops.verification.check import UnclearError

T = TypeVar("T")
EVERY_SECONDS = 15
# How far back a metric is read: the longest between two heartbeats, and what CloudWatch takes to show them.
RECENTLY = timedelta(hours=2)


class BrokenError(Exception):
    """AWS says that it doesn't work, and why."""


@dataclass(frozen=True)
class Bench:
    """`account`: with the program's graph. `wait`: for so many seconds. `get`: an address's HTTP status."""

    account: Account
    wait: Callable[[float], None]
    get: Callable[[str], int]

    def ask(self, service: str, operation: str, **parameters: Any) -> Mapping[str, Any]:
        """The answer to one call, asked anew each time."""
        return replace(self.account, _answers={}).ask(service, operation, **parameters)

    def every(self, service: str, operation: str, member: str, **parameters: Any) -> list[Any]:
        """What all pages list under `member`, asked anew each time."""
        return replace(self.account, _answers={}).every(service, operation, member, **parameters)

    def abroad(self, region: str) -> Bench:
        """The same in another Region."""
        return replace(self, account=replace(self.account, region=region))

    def until(self, minutes: int, look: Callable[[], T | None], otherwise: str) -> T:
        """What `look` finds, looking every few seconds. Raises `UnclearError` with `otherwise` in the end."""
        for _ in range(minutes * 60 // EVERY_SECONDS):
            if (found := look()) is not None:
                return found
            self.wait(EVERY_SECONDS)
        raise UnclearError(f"{otherwise} within {minutes} minutes; look again later")

    def sum(
        self, namespace: str, name: str, dimensions: Mapping[str, str], since: timedelta = RECENTLY
    ) -> float:
        """What a metric has counted since so long before the trials began."""
        answer = self.ask(
            "cloudwatch",
            "GetMetricStatistics",
            Namespace=namespace,
            MetricName=name,
            Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()],
            StartTime=self.account.now - since,
            EndTime=self.account.now + RECENTLY,
            Period=int(RECENTLY.total_seconds()),
            Statistics=["Sum"],
        )
        return sum(point["Sum"] for point in answer["Datapoints"])
