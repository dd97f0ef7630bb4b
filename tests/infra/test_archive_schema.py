"""The catalog's columns, against rows as the runtime writes them."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import pytest

from infra.archive import schema
from tests.examples import DECLINE, NOW, merchant, operation, payment
from tollgate.adapters.audit_rows import audit_row, grouped
from tollgate.adapters.items import item_of
from tollgate.adapters.payment_rows import payment_row
from tollgate.domain.history import history
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import Approved, Declined
from tollgate.domain.payment import ByCard
from tollgate.domain.token import CardIdentity

# In exports, but no columns: places in indexes, leases, free text of clients, and the keyed fingerprint.
PAYMENT_KEPT_BACK = {"listing", "ref", "due_shard", "due", "metadata", "pan_mac", "jwe"}
OPERATION_KEPT_BACK = {"due", "lease", "checks", "watch"}
AUDIT_KEPT_BACK = {"trail", "subject", "holds"}

PAID = payment().settled(Approved("M1", 10_000), NOW + 5)
REFUNDED = PAID.begun(operation(Kind.REFUND, "ref_1", 5)).settled(Approved("R1", 5), NOW + 9)
DECLINED = payment().settled(Declined(DECLINE), NOW + 5)
BY_CARD = replace(payment(), method=ByCard(CardIdentity(1, b"mac"), b"digest"))
PAYMENTS = {"open": payment(), "refunded": REFUNDED, "declined": DECLINED, "by card": BY_CARD}


def kinds_of(struct: str) -> dict[str, str]:
    """The fields of a Hive struct and their types."""
    fields, depth, start = [], 0, 0
    inner = struct.removeprefix("struct<").removesuffix(">")
    for place, letter in enumerate(inner):
        depth += (letter == "<") - (letter == ">")
        if letter == "," and depth == 0:
            fields.append(inner[start:place])
            start = place + 1
    fields.append(inner[start:])
    return dict(field.split(":", 1) for field in fields)


def fits(value: Mapping[str, Any], kind: str, kept_back: Collection[str] = ()) -> bool:
    """Whether Athena finds DynamoDB's JSON where a column of this type looks for it."""
    ((letter, content),) = value.items()
    if letter == "NULL":
        return True
    found = kinds_of(kind).get(letter.lower())
    if found is None:
        return False
    if letter == "L":
        element = found.removeprefix("array<").removesuffix(">")
        return all(fits(each, element, kept_back) for each in content)
    if letter == "M":
        fields = kinds_of(found)
        return all(
            name in kept_back or (name in fields and fits(each, fields[name], kept_back))
            for name, each in content.items()
        )
    return True


def unseen(item: Mapping[str, Any], columns: Mapping[str, str], kept_back: set[str]) -> list[str]:
    """The attributes that no column holds."""
    return [
        name
        for name, value in item.items()
        if name not in kept_back
        and (name not in columns or not fits(value, columns[name], OPERATION_KEPT_BACK))
    ]


@pytest.mark.parametrize("case", PAYMENTS)
def test_every_attribute_of_a_payment_has_a_column_or_a_reason_not_to(case: str) -> None:
    item = item_of(payment_row(PAYMENTS[case], "mer_one#2027-01#0"))
    assert unseen(item, schema.PAYMENT, PAYMENT_KEPT_BACK) == []


def test_every_attribute_of_an_audit_has_a_column_or_a_reason_not_to() -> None:
    for together in grouped(history(REFUNDED)):
        item = item_of(audit_row(together, merchant()))
        assert unseen(item, schema.AUDIT, AUDIT_KEPT_BACK) == []


def test_an_attribute_of_another_type_is_noticed() -> None:
    assert not fits({"N": "1"}, schema.TEXT)
    assert not fits({"L": [{"M": {"new": {"S": "x"}}}]}, schema.list_of(schema.map_of({"id": schema.TEXT})))
    assert fits({"L": [{"M": {"id": {"S": "x"}}}]}, schema.list_of(schema.map_of({"id": schema.TEXT})))
