"""The clock that has open operations looked at, every minute."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from onboarding import Stage


@dataclass(frozen=True)
class Sweeps:
    """While they rest, nobody comes back to open operations but requests and messages that are sent."""

    events: Any
    rule: str

    @classmethod
    def of(cls, stage: Stage) -> "Sweeps":
        events = stage.session.client("events", endpoint_url=stage.endpoint_url)
        return cls(events, stage.physical_name("sweeper"))

    def rest(self) -> None:
        self.events.disable_rule(Name=self.rule)

    def resume(self) -> None:
        self.events.enable_rule(Name=self.rule)

    @contextmanager
    def resting(self) -> Iterator[None]:
        self.rest()
        try:
            yield
        finally:
            self.resume()
