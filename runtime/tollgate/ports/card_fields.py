"""The origin that hands out the card fields, as a browser meets it."""

from typing import Protocol

from tollgate.domain.released_page import Answered


class OriginUnavailable(Exception):
    """There was no answer: no connection, no valid certificate, or none in time."""


class CardFieldsOrigin(Protocol):
    def get(self, address: str) -> Answered:
        """What a page of another origin gets. Raises `OriginUnavailable`. Follows no redirect."""
        ...
