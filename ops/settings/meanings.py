"""What the docstring of a section says of each of its keys."""

import re
from collections.abc import Mapping

# `first`, `second` and `third` (aside): what they mean …
NAMES = re.compile(r"((?:`\w+`(?:, and |, | and )?)+)(?: \([^)]*\))?: ")


def meanings(docstring: str) -> Mapping[str, str]:
    """The text after each name that a colon follows, up to the next."""
    _, *parts = NAMES.split(" ".join(docstring.split()))
    found: dict[str, str] = {}
    for names, meaning in zip(parts[::2], parts[1::2], strict=True):
        for name in re.findall(r"`(\w+)`", names):
            found[name] = meaning.strip(" ;,").rstrip(".")
    return found
