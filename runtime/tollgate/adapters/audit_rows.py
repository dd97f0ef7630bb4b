"""Rows of the `audits` table: the records that one request left in one change of a payment, or one record.

A row costs write units by its bytes and by its entries in indexes, so what is the same in all its records
stands in it once.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from tollgate.domain.audit import Audit, audit_object, canonical
from tollgate.domain.audit_ids import base_of
from tollgate.domain.identifiers import LONGEST_ID
from tollgate.domain.listing import Position, partition, position
from tollgate.domain.merchant import Merchant

Row = dict[str, Any]

RECORDS = 3
"""Of a row, at most: the use of a card, a beginning, a result."""

SPAN = 10_000
"""Milliseconds from a row's first record to its last, at most: a row's place in a listing is its last
record's, so that readers begin that much earlier."""


def grouped(records: Sequence[Audit]) -> Iterator[tuple[Audit, ...]]:
    """Records that came in this order, by row."""
    group: tuple[Audit, ...] = ()
    for record in records:
        if group and not _goes_with(group, record):
            yield group
            group = ()
        group = (*group, record)
    if group:
        yield group


def audit_row(records: Sequence[Audit], merchant: Merchant) -> Row:
    """The row of records that go together. It is named after the first one of a chain, and stands in two
    listings: the merchant's trail, and that of the first one's resource."""
    named = next((each for each in records if each.chain), records[0])
    last = max(records, key=lambda record: position(record.at, record.id))
    row = {
        "id": named.id,
        "merchant": last.merchant_id,
        "trail": partition(merchant, last.at, named.id),
        "position": position(last.at, last.id),
        "actor": last.exchange.actor_id,
        "action": records[-1].action.value,
        **_texts([audit_object(each) for each in records]),
    }
    if len(records) > 1:
        row["holds"] = " ".join(_held(each, named.id, last.at) for each in records)
    about = records[0].resource.id
    if about and len(about) <= LONGEST_ID:
        row["subject"] = f"{last.merchant_id}#{about}"
    return row


def records_of(row: Row) -> dict[str, dict[str, Any]]:
    """The row's records as their JSON objects, by id."""
    shared = json.loads(row["record"])
    each = [{**shared, **own} for own in json.loads(row.get("records", "[{}]"))]
    return {record["id"]: record for record in each}


def positions_of(entry: Position) -> list[Position]:
    """Where the records stand of a row that an index shows as `entry`. They show the `row` they are in."""
    shown = {**entry.shown, "row": entry.id}
    holds = shown.pop("holds", None)
    if holds is None:
        return [Position(entry.id, entry.key, shown)]
    last = int(entry.key.partition("#")[0])
    found: list[Position] = []
    for held in holds.split(" "):
        end, earlier, action = held.split(":")
        id = base_of(entry.id) + end
        found.append(Position(id, position(last - int(earlier), id), {**shown, "action": action}))
    return found


def _goes_with(group: tuple[Audit, ...], record: Audit) -> bool:
    """Whether the group, some uses of a card and the chain after them, can be followed by the record."""
    first = group[0]
    times = [each.at for each in (*group, record)]
    return (
        record.chain is not None
        and len(group) < RECORDS
        and record.exchange == first.exchange
        and record.merchant_id == first.merchant_id
        and max(times) - min(times) <= SPAN
    )


def _texts(objects: Sequence[dict[str, Any]]) -> Row:
    """`record`: the members that all records have alike; `records`: of each, the others."""
    first, *more = objects
    shared = {name: value for name, value in first.items() if all(each[name] == value for each in more)}
    texts = {"record": canonical(shared).decode()}
    if more:
        own = [{name: each[name] for name in each if name not in shared} for each in objects]
        texts["records"] = canonical(own).decode()
    return texts


def _held(record: Audit, row_id: str, last: int) -> str:
    """A record of the row as the row's entries in indexes tell it: the end of its id, how many milliseconds
    before the last one, what was done."""
    return f"{record.id.removeprefix(base_of(row_id))}:{last - record.at}:{record.action.value}"
