"""Ids of a payment's records: the payment, and a place in its history. Whoever has a record's id knows in
which rows of the trail it may stand."""

from tollgate.domain.identifiers import derived_id

BASE_CHARACTERS = 24
SEQUENCE_CHARACTERS = 3
"""32,768 places: a payment's item is full long before."""

DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
"""In the order in which they sort, so that ids of one moment sort as the records came."""


def record_id(payment_id: str, sequence: int) -> str:
    """Of a record by its place in the payment's chain, from 1 on."""
    return f"aud_{payment_id.removeprefix('pay_')}{_digits(sequence)}"


def use_id(payment_id: str, operation_id: str, occasion: str) -> str:
    """Of a use of a vaulted card for the payment: before the chain, since it isn't part of it."""
    return record_id(payment_id, 0) + derived_id("", operation_id, occasion)[:12]


def base_of(record: str) -> str:
    """What the ids of all records of the payment begin with that has the chained record `record`."""
    return record[:-SEQUENCE_CHARACTERS]


def neighbours(audit_id: str, most: int) -> list[str]:
    """Ids of the payment's chained records that a record may share a row with, the row named after them: at
    most `most` before it, or the first one for a use of the card. None for the id of any other record."""
    base, place = audit_id[:BASE_CHARACTERS], audit_id[BASE_CHARACTERS:][:SEQUENCE_CHARACTERS]
    if len(place) < SEQUENCE_CHARACTERS or not set(place) <= set(DIGITS):
        return []
    sequence = _number(place)
    if sequence == 0:
        return [base + _digits(1)]
    return [base + _digits(each) for each in range(max(1, sequence - most), sequence)]


def _digits(number: int) -> str:
    text = ""
    for _ in range(SEQUENCE_CHARACTERS):
        number, digit = divmod(number, len(DIGITS))
        text = DIGITS[digit] + text
    return text


def _number(digits: str) -> int:
    number = 0
    for digit in digits:
        number = number * len(DIGITS) + DIGITS.index(digit)
    return number
