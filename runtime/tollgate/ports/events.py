"""Merchants' logs of events."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from tollgate.domain.day import Day
from tollgate.domain.event import Movement, Story, Total
from tollgate.domain.payment import Payment


class EventLog(Protocol):
    """What writes the logs. Each event has one position, for ever; positions of a merchant have no gaps, and
    whoever sees one has seen, or can see, all before it."""

    def append(self, merchant_id: str, stories: Sequence[Story]) -> list[str]:
        """Enter what isn't in the log yet of these stories, all of the merchant's, each subject's events in
        their order. Answers with their ids. Each takes the sequence after its subject's last."""
        ...


class Events(Protocol):
    """The logs, as their readers see them: each event as its JSON object. Reads are consistent."""

    def position(self, merchant_id: str, event_id: str) -> int | None:
        """Where an event of the merchant's stands, from 1."""
        ...

    def after(self, merchant_id: str, position: int, limit: int) -> Sequence[Mapping[str, Any]]:
        """The events behind a position (0: from the first), at most `limit`."""
        ...


class Movements(Protocol):
    """Money that moved, by the merchant's day. May lag."""

    def of_day(
        self, merchant_id: str, day: Day, after: str | None, limit: int
    ) -> Sequence[tuple[str, Movement]]:
        """With their keys, ascending, behind the key `after`, at most `limit`."""
        ...

    def totals(self, merchant_id: str, day: Day) -> Sequence[Total]:
        """By currency, in their order."""
        ...


class Outbox(Protocol):
    """Stories whose source has no stream of its own: from here they reach the log."""

    def put(self, story: Story) -> None:
        """Hand over a story. The same one again changes nothing."""
        ...


class Told(Protocol):
    """Sources of stories, by what a change of them is known by: a payment's id, an outbox entry's."""

    def payment(self, payment_id: str) -> Payment | None: ...
    def entry(self, entry_id: str) -> Story | None: ...


class Held(Protocol):
    """Sources whose events couldn't be made or entered: they wait for another try, and nobody else does."""

    def hold(self, source_id: str, now: int) -> None:
        """Try it again in a minute."""
        ...

    def due(self, now: int, limit: int) -> list[str]:
        """What is to be tried again, longest overdue first. May lag."""
        ...

    def release(self, source_id: str) -> None: ...
