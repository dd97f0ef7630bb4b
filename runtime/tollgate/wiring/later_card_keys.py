"""The private card keys, for a function that most requests reach without an encrypted card."""

from functools import cached_property

from tollgate.ports import CardKeys


class LaterCardKeys:
    """The `CardKeys` port. What opens a JWE is loaded when the first one comes: it is a good tenth of a
    start, and most payments are by token."""

    def __init__(self, secret: str) -> None:
        """`secret`: the ARN of the card-keys secret."""
        self._secret = secret

    def decrypt(self, jwe: str) -> bytes | None:
        return self._loaded.decrypt(jwe)

    @cached_property
    def _loaded(self) -> CardKeys:
        from tollgate.wiring.card_keys import card_keys  # noqa: PLC0415 (the point of it)

        return card_keys(self._secret)
