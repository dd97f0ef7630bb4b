"""Ask for all that the card fields' origin hands out, and compare it with the inventory of the release."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

from ops.card_fields.comparison import Answered, differences, expectations

TIMEOUT_SECONDS = 10
# A loader is sent to whoever asks with CORS; what is sent must not depend on who that is.
ASKING = {"Origin": "https://shop.invalid", "Cache-Control": "no-cache"}


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


def inspected(url: str, inventory: Mapping[str, Any], session: requests.Session) -> Inspected:
    """Ask for everything once, as a page of another origin does. `url`: of the origin, without a slash at its
    end. Raises `KeyError` for what is no inventory."""
    asked = list(expectations(inventory))
    changed: list[Changed] = []
    for expected in asked:
        try:
            answer = session.get(
                f"{url}{expected.address}", headers=ASKING, timeout=TIMEOUT_SECONDS, allow_redirects=False
            )
        except requests.RequestException as error:
            changed.append(Changed(expected.address, f"there is no answer: {type(error).__name__}"))
            continue
        headers = {name.lower(): value for name, value in answer.headers.items()}
        found = differences(expected, Answered(answer.status_code, headers, answer.content))
        changed += [Changed(expected.address, what) for what in found]
    return Inspected(len(asked), tuple(changed))
