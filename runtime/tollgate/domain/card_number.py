"""Card numbers where none should be: what text holds one, by issuers' prefixes and lengths (ISO/IEC 7812)."""

import re
from collections.abc import Iterator
from itertools import accumulate

from tollgate.domain.card import Brand, brand_of, passes_luhn

SHORTEST, LONGEST = 13, 19
LENGTHS = {
    Brand.VISA: {13, 16, 19},
    Brand.MASTERCARD: {16},
    Brand.AMEX: {15},
    Brand.DINERS: set(range(14, 20)),
    Brand.DISCOVER: set(range(16, 20)),
    Brand.JCB: set(range(16, 20)),
    Brand.UNIONPAY: set(range(16, 20)),
    Brand.MAESTRO: set(range(13, 20)),
}
"""Lengths that the schemes publish for their numbers."""

_SPACES = " \u00a0\u2007\u202f\u3000"
_HYPHENS = "-\u2010\u2011\u2012\u2013"
_RUN = re.compile(rf"(?<![^\W_])\d+(?:[{_HYPHENS}{_SPACES}]\d+)*(?![^\W_])")
_GROUP = re.compile(r"\d+")


def holds_card_number(text: str) -> bool:
    """Whether a card number stands in `text`, in one piece or in groups.

    Groups are parted by one space or hyphen. Next to a letter or digit nothing is a number, nor, with hyphens
    inside, next to a hyphen: no UUID is ever taken for one.
    """
    return any(_is_number(digits) for run in _RUN.finditer(text) for digits in _candidates(text, run))


def is_card_number(text: str) -> bool:
    """Whether `text` is a card number and nothing else."""
    run = _RUN.fullmatch(text)
    return run is not None and _is_number("".join(_GROUP.findall(text)))


def _candidates(text: str, run: re.Match[str]) -> Iterator[str]:
    """The digits of every sequence of whole groups in the run that is as long as a card number."""
    groups = [(group.start(), group.end()) for group in _GROUP.finditer(text, *run.span())]
    for first, (start, _) in enumerate(groups):
        lengths = accumulate(end - begin for begin, end in groups[first:])
        for (_, end), length in zip(groups[first:], lengths, strict=True):
            if SHORTEST <= length <= LONGEST and not _goes_on(text, start, end):
                yield "".join(_GROUP.findall(text, start, end))


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether hyphens both part the groups and stand next to them: then it is a part of something longer."""
    beside = text[max(start - 1, 0) : start] + text[end : end + 1]
    return any(mark in _HYPHENS for mark in text[start:end]) and any(mark in _HYPHENS for mark in beside)


def _is_number(digits: str) -> bool:
    plain = "".join(str(int(digit)) for digit in digits)
    return len(plain) in LENGTHS.get(brand_of(plain), set()) and passes_luhn(plain)
