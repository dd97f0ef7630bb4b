"""Ids in the order of asking."""

from itertools import count


class FakeIds:
    """The `Ids` port: `aud_00000000000000000001`, and so on."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def new(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):020d}"
