"""Records of streams as Lambda hands them over: JSON, so binary is in base64."""

import base64
from typing import Any

from tollgate.adapters.event_outbox import outbox_row
from tollgate.adapters.items import item_of
from tollgate.adapters.payment_rows import payment_row
from tollgate.domain.event import Story
from tollgate.domain.payment import Payment


def change(before: Payment | None, after: Payment | None) -> dict[str, Any]:
    """A change of a payment."""
    payment = after or before
    assert payment
    return _record(payment.id, _payment(before), _payment(after))


def entry(story: Story) -> dict[str, Any]:
    """A new entry of the outbox."""
    row = outbox_row(story)
    return _record(row["id"], None, row)


def _record(id: str, before: dict[str, Any] | None, after: dict[str, Any] | None) -> dict[str, Any]:
    images = {"OldImage": before, "NewImage": after}
    shown = {
        name: {key: _encoded(value) for key, value in item_of(row).items()}
        for name, row in images.items()
        if row
    }
    return {"dynamodb": {"Keys": {"id": {"S": id}}, **shown}}


def _payment(payment: Payment | None) -> dict[str, Any] | None:
    return payment and payment_row(payment, "mer_one#2027-01#0")


def _encoded(value: dict[str, Any]) -> dict[str, Any]:
    ((kind, content),) = value.items()
    match kind:
        case "B":
            return {"B": base64.b64encode(bytes(content)).decode()}
        case "L":
            return {"L": [_encoded(each) for each in content]}
        case "M":
            return {"M": {name: _encoded(each) for name, each in content.items()}}
        case _:
            return value
