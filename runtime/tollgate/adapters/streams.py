"""Rows in the records of tables' streams."""

import base64
from collections.abc import Mapping
from typing import Any

from tollgate.adapters.items import row_of
from tollgate.adapters.payment_rows import payment_of
from tollgate.domain.payment import Payment

Record = Mapping[str, Any]


def before_and_after(record: Record) -> tuple[Payment | None, Payment | None]:
    """The payment before and after a change (NEW_AND_OLD_IMAGES), as Lambda hands the record over. None where
    there was none yet, or it was withdrawn."""
    images = record["dynamodb"]
    return _payment(images.get("OldImage")), _payment(images.get("NewImage"))


def source_of(record: Record) -> str:
    """The id of the row that has changed."""
    return record["dynamodb"]["Keys"]["id"]["S"]


def _payment(image: Mapping[str, Any] | None) -> Payment | None:
    return payment_of(row_of({name: _decoded(value) for name, value in image.items()})) if image else None


def new_image(record: Record) -> dict[str, Any] | None:
    """The row after a change. None: it is gone."""
    image = record["dynamodb"].get("NewImage")
    return row_of({name: _decoded(value) for name, value in image.items()}) if image else None


def _decoded(value: Mapping[str, Any]) -> dict[str, Any]:
    """An event is JSON, so binary values arrive in base64."""
    match value:
        case {"B": text}:
            return {"B": base64.b64decode(text)}
        case {"L": values}:
            return {"L": [_decoded(each) for each in values]}
        case {"M": values}:
            return {"M": {name: _decoded(each) for name, each in values.items()}}
        case _:
            return dict(value)
