"""Put a difference on record, and tell the merchant of it."""

from typing import Protocol

from tollgate.domain.audit import Exchange
from tollgate.domain.difference_story import difference_story
from tollgate.domain.reconciliation import Difference, difference_record
from tollgate.ports import Clock, Outbox, Trail


class RecordingPorts(Protocol):
    @property
    def trail(self) -> Trail: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def clock(self) -> Clock: ...


def record_difference(difference: Difference, merchant_id: str, by: Exchange, ports: RecordingPorts) -> None:
    """Once: the same difference again changes nothing."""
    record = difference_record(difference, merchant_id, by, ports.clock.now())
    ports.trail.record(record)
    ports.outbox.put(difference_story(difference, record))
