"""What a request costs in AWS calls: every call of the functions' own clients, in order."""

from collections.abc import Mapping
from typing import Any

from tests.budget.item_size import item_size, write_units

INDEXES = {
    "payments": [("listing", "position"), ("due_shard", "due"), ("ref", "position")],
    "audits": [("trail", "position"), ("subject", "position")],
}
Item = Mapping[str, Any]


class Recorder:
    """Hears botocore's events of attached clients.

    `calls`: `product:Operation`, with the table if there is one. `units`: write units by table, indexes
    included. `largest`: the heaviest item written, in bytes, by table. `reader` sees items around updates.
    """

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.reset()

    def reset(self) -> None:
        self.calls: list[str] = []
        self.units: dict[str, int] = {}
        self.largest: dict[str, int] = {}
        self._updating: tuple[str, Item, Item] | None = None

    def attach(self, client: Any) -> None:
        client.meta.events.register("provide-client-params", self._before)
        client.meta.events.register("after-call", self._after)

    def _before(self, params: Item, model: Any, **_: Any) -> None:
        table = params.get("TableName")
        name = f"{model.service_model.service_name}:{model.name}"
        self.calls.append(f"{name} {table}" if table else name)
        if table and model.name == "PutItem":
            self._wrote(table, {}, params["Item"])
        self._updating = None
        if table and model.name == "UpdateItem":
            self._updating = (table, params["Key"], self._item(table, params["Key"]))

    def _after(self, **_: Any) -> None:
        if self._updating:
            table, key, before = self._updating
            self._updating = None
            self._wrote(table, before, self._item(table, key))

    def _item(self, table: str, key: Item) -> Item:
        return self._reader.get_item(TableName=table, Key=key)["Item"]

    def _wrote(self, table: str, before: Item, after: Item) -> None:
        """DynamoDB charges the larger image, and each index for an entry taken out and an entry put in."""
        size = max(item_size(before), item_size(after))
        self.largest[table] = max(size, self.largest.get(table, 0))
        indexed = sum(_index_writes(index, before, after) for index in INDEXES.get(table, ()))
        self.units[table] = self.units.get(table, 0) + write_units(size) + indexed


def _index_writes(index: tuple[str, str], before: Item, after: Item) -> int:
    entries = [[item[key] for key in index] if set(index) <= set(item) else None for item in (before, after)]
    return sum(entry is not None for entry in entries) if entries[0] != entries[1] else 0
