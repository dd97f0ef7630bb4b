"""The follow-up queue in memory."""


class FakeFollowUpQueue:
    """The `FollowUpQueue` port. `sent`: payment ids in order, each occasion once."""

    def __init__(self) -> None:
        self._occasions: dict[str, str] = {}

    @property
    def sent(self) -> list[str]:
        return list(self._occasions.values())

    def send(self, payment_id: str, occasion: str) -> None:
        self._occasions.setdefault(occasion, payment_id)
