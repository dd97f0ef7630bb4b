"""Text of a caller: every character is taken as it is, but for those that nothing can keep or show."""

import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def fault_of(text: str) -> str | None:
    """What is wrong with `text`, in words for its sender; None when nothing is."""
    if _CONTROL.search(text):
        return "Must not have control characters."
    if _SURROGATE.search(text):
        return "Must not have a surrogate without its other half."
    return None
