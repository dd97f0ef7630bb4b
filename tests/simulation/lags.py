"""How far what a world consists of lags behind, and what happens by itself in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lags:
    """Milliseconds until the processor's books and the due index show a change. `down`: for so long nothing
    follows up. `processor`: so long it takes for an answer. `closes`: after so long its batch closes;
    `expires`: authorizations expire."""

    books: int = 3_000
    index: int = 1_500
    down: int = 0
    processor: int = 0
    closes: int | None = None
    expires: int | None = None
