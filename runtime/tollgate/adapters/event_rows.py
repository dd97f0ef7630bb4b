"""Rows of the `events` table.

`evt_…` says where an event stands, and makes it unique; `log#<merchant>#<position>` is the event;
`end#<merchant>` the last position; `last#<subject>` the sequence of the last event that the subject's own
history doesn't tell; `day#<merchant>#<day>` what moved on a day.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tollgate.domain.audit import canonical
from tollgate.domain.day import Day
from tollgate.domain.event import Event, Movement, MovementKind, event_object
from tollgate.domain.listing import position

Row = dict[str, Any]


def log_id(merchant_id: str, place: int) -> str:
    return f"log#{merchant_id}#{place:012d}"


def end_id(merchant_id: str) -> str:
    return f"end#{merchant_id}"


def last_noted_id(subject: str) -> str:
    return f"last#{subject}"


def day_id(merchant_id: str, day: Day) -> str:
    return f"day#{merchant_id}#{day}"


def place_row(event: Event, merchant_id: str, place: int, sequence: int) -> Row:
    return {"id": event.id, "merchant": merchant_id, "place": place, "sequence": sequence}


def log_row(event: Event, merchant_id: str, place: int, sequence: int) -> Row:
    row: Row = {
        "id": log_id(merchant_id, place),
        "merchant": merchant_id,
        "event": canonical(event_object(event, sequence)).decode(),
    }
    if event.movement:
        row["day"] = day_id(merchant_id, Day.holding(event.movement.at))
        row["position"] = position(event.movement.at, event.movement.id)
        row["movement"] = canonical(movement_row(event.movement)).decode()
    return row


def event_of(row: Row) -> dict[str, Any]:
    return json.loads(row["event"])


def movement_row(movement: Movement) -> Row:
    return {
        "at": movement.at,
        "kind": movement.kind.value,
        "payment": movement.payment_id,
        "id": movement.id,
        "reference": movement.reference,
        "amount": movement.amount,
        "currency": movement.currency,
        "processor_reference": movement.processor_reference,
    }


def movement_of(text: str) -> Movement:
    row = json.loads(text)
    return Movement(
        at=row["at"],
        kind=MovementKind(row["kind"]),
        payment_id=row["payment"],
        id=row["id"],
        reference=row["reference"],
        amount=row["amount"],
        currency=row["currency"],
        processor_reference=row["processor_reference"],
    )


def day_sums(merchant_id: str, events: Iterable[Event]) -> dict[str, dict[str, int]]:
    """By row of a day: what each of its numbers rises by. `captured_USD` and `refunded_USD` are positive."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for event in events:
        moved = event.movement
        if moved:
            of_day = sums[day_id(merchant_id, Day.holding(moved.at))]
            name = "captured" if moved.kind is MovementKind.CAPTURE else "refunded"
            of_day[f"{name}_{moved.currency}"] += abs(moved.amount)
            of_day[f"count_{moved.currency}"] += 1
    return {day: dict(of_day) for day, of_day in sums.items()}
