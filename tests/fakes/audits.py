"""The trail's readers, over what a fake trail recorded."""

from collections.abc import Sequence
from typing import Any

from tests.fakes.merchants import FakeMerchants
from tests.fakes.trail import FakeTrail
from tollgate.domain.audit import Audit, audit_object
from tollgate.domain.listing import Position, partition, position


class FakeAudits:
    """The `Audits` port."""

    def __init__(self, trail: FakeTrail, merchants: FakeMerchants) -> None:
        self._trail = trail
        self._merchants = merchants

    def find(self, merchant_id: str, audit_id: str) -> dict[str, Any] | None:
        audit = self._trail.recorded.get(audit_id)
        return audit_object(audit) if audit and audit.merchant_id == merchant_id else None

    def find_many(self, merchant_id: str, positions: Sequence[Position]) -> list[dict[str, Any]]:
        return [found for each in positions if (found := self.find(merchant_id, each.id))]

    def newest(self, partition: str, below: str, above: str, limit: int) -> list[Position]:
        here = [each for each in self._trail.audits if self._partition(each) == partition]
        return _newest(here, below, above, limit)

    def newest_about(self, subject: str, below: str, above: str, limit: int) -> list[Position]:
        here = [each for each in self._trail.audits if f"{each.merchant_id}#{each.resource.id}" == subject]
        return _newest(here, below, above, limit)

    def _partition(self, audit: Audit) -> str:
        return partition(self._merchants.stored[audit.merchant_id], audit.at, audit.id)


def _newest(audits: list[Audit], below: str, above: str, limit: int) -> list[Position]:
    positions = [
        Position(
            each.id,
            position(each.at, each.id),
            {"action": each.action.value, "actor": each.exchange.actor_id},
        )
        for each in audits
    ]
    inside = [each for each in positions if above <= each.key < below]
    return sorted(inside, key=lambda each: each.key, reverse=True)[:limit]
