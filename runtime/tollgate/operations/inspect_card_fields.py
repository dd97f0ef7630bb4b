"""Compare the card fields as they are handed out with the inventory of their release."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tollgate.domain.released_page import differences, expectations
from tollgate.ports.card_fields import CardFieldsOrigin, OriginUnavailable


@dataclass(frozen=True, slots=True)
class Changed:
    """`address`: path and query of what isn't as it was released. `what`: a sentence."""

    address: str
    what: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """`asked`: how many addresses. An address that gave no answer counts as changed."""

    asked: int
    changed: tuple[Changed, ...]


def inspect_card_fields(inventory: Mapping[str, Any], origin: CardFieldsOrigin) -> Inspected:
    """Ask for everything once. Raises `KeyError` for what is no inventory."""
    asked, changed = 0, []
    for expected in expectations(inventory):
        asked += 1
        try:
            found = differences(expected, origin.get(expected.address))
            changed += [Changed(expected.address, what) for what in found]
        except OriginUnavailable as failure:
            changed.append(Changed(expected.address, f"there is no answer: {failure}"))
    return Inspected(asked, tuple(changed))
