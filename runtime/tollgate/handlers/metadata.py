"""A merchant's own pairs on an object."""

from typing import Annotated, Any

from msgspec import Meta

from tollgate.domain.errors import invalid
from tollgate.handlers.json_text import escaped

MAX_PAIRS = 20
LONGEST_NAME, LONGEST_VALUE = 40, 200
MAX_BYTES = 2048

Metadata = Annotated[dict[str, Any], Meta(max_length=MAX_PAIRS)]


def pairs_of(given: dict[str, Any]) -> dict[str, str]:
    """The pairs. Raises `Refusal` (400) that names the pair which is too long or no text."""
    for name, value in given.items():
        pointer = f"/metadata/{escaped(name)}"
        if not 1 <= len(name) <= LONGEST_NAME:
            raise invalid("/metadata", f"A key has 1 to {LONGEST_NAME} characters.")
        if not isinstance(value, str) or len(value) > LONGEST_VALUE:
            raise invalid(pointer, f"Must be a text of at most {LONGEST_VALUE} characters.")
    if sum(len(name.encode()) + len(value.encode()) for name, value in given.items()) > MAX_BYTES:
        raise invalid("/metadata", f"All keys and values together may have {MAX_BYTES} bytes.")
    return given
