"""The writes of the `payments` table: each with the condition that makes it lose when it comes too late."""

from dataclasses import replace
from typing import Any

from tollgate.adapters.items import item_of
from tollgate.adapters.payment_rows import due_row, operation_row, payment_row
from tollgate.domain.listing import first_partition, partition
from tollgate.domain.merchant import Merchant
from tollgate.domain.payment import Payment

Write = dict[str, Any]
"""A request's parameters, less the table's name."""

LISTING = "listing, #position, #ref"
RESERVED = {"#position": "position", "#ref": "ref"}
"""Words of DynamoDB's own."""
DUE = "due_shard, due"
SET_DUE = ", due_shard = :due_shard, due = :due"
WITHDRAWN = "merchant = :merchant AND size(operations) = :none"
UNCHANGED = "version = :before AND merchant = :merchant"


def new(payment: Payment, merchant: Merchant) -> Write:
    """A payment whose id nobody has used."""
    return {"Item": _item(payment, merchant), "ConditionExpression": "attribute_not_exists(id)"}


def new_after_withdrawal(payment: Payment, merchant: Merchant) -> Write:
    """A payment in the place of a withdrawn one, of exactly the version before its own."""
    return {
        "Item": _item(payment, merchant),
        "ConditionExpression": UNCHANGED,
        "ExpressionAttributeValues": item_of(_before(payment, payment.version - 1)),
    }


def change(payment: Payment) -> Write:
    """The last two operations of a payment that was a version younger: a change may end one with the other's
    beginning."""
    due = due_row(payment)
    last = len(payment.operations) - 1
    written = range(max(0, last - 1), last + 1)
    values = {
        **{f":operation{place}": operation_row(payment, place) for place in written},
        ":version": payment.version,
        **_before(payment, payment.version - 1),
        **{f":{name}": value for name, value in due.items()},
    }
    # An index at the end of a list appends to it.
    operations = ", ".join(f"operations[{place}] = :operation{place}" for place in written)
    change = f"SET {operations}, version = :version"
    follow_up = SET_DUE if due else f" REMOVE {DUE}"
    return _update(payment, change + follow_up, values)


def withdrawal(payment: Payment) -> Write:
    """Without its latest operation; without any it is withdrawn itself, and listed no more.

    The operation before may have handed on a watch of the processor's books, which then goes on.
    """
    last = len(payment.operations) - 1
    values = {":version": payment.version + 1, **_before(payment, payment.version)}
    if not last:
        change = f"SET version = :version REMOVE operations[0], {DUE}, {LISTING}"
        return {**_update(payment, change, values), "ExpressionAttributeNames": RESERVED}
    due = due_row(replace(payment, operations=payment.operations[:-1]))
    if not due:
        return _update(payment, f"SET version = :version REMOVE operations[{last}], {DUE}", values)
    change = f"SET version = :version{SET_DUE} REMOVE operations[{last}]"
    return _update(payment, change, {**values, **{f":{name}": value for name, value in due.items()}})


def return_of(payment: Payment) -> Write:
    """A whole payment whose row isn't there, or stands as withdrawn. Its version is above any before it."""
    row = payment_row(payment, first_partition(payment.merchant_id))
    del row["id"], row["version"]
    names = {f"#{number}": name for number, name in enumerate(row)}
    values = {f":{number}": value for number, value in enumerate(row.values())}
    change = ", ".join(f"#{number} = :{number}" for number in range(len(row)))
    return {
        "Key": {"id": {"S": payment.id}},
        "UpdateExpression": f"SET {change}, version = if_not_exists(version, :before) + :one",
        "ConditionExpression": f"attribute_not_exists(id) OR ({WITHDRAWN})",
        "ExpressionAttributeNames": names,
        "ExpressionAttributeValues": item_of(
            {**values, **_before(payment, payment.version - 1), ":one": 1, ":none": 0}
        ),
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }


def _item(payment: Payment, merchant: Merchant) -> dict[str, Any]:
    return item_of(payment_row(payment, partition(merchant, payment.created_at, payment.id)))


def _before(payment: Payment, version: int) -> dict[str, Any]:
    return {":before": version, ":merchant": payment.merchant_id}


def _update(payment: Payment, change: str, values: dict[str, Any]) -> Write:
    return {
        "Key": {"id": {"S": payment.id}},
        "UpdateExpression": change,
        "ConditionExpression": UNCHANGED,
        "ExpressionAttributeValues": item_of(values),
    }
