"""The follow-up queue in memory."""

from collections.abc import Mapping


class FakeFollowUpQueue:
    """The `FollowUpQueue` port. `sent`: payment ids in order, each occasion once."""

    def __init__(self) -> None:
        self._occasions: dict[str, str] = {}

    @property
    def sent(self) -> list[str]:
        return list(self._occasions.values())

    def send(self, payment_id: str, occasion: str) -> None:
        self._occasions.setdefault(occasion, payment_id)

    def send_many(self, asked: Mapping[str, str]) -> int:
        for occasion, payment_id in asked.items():
            self.send(payment_id, occasion)
        return len(asked)
