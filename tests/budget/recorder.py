"""What a request costs in AWS calls: every call of the functions' own clients, in order."""

from collections.abc import Mapping
from typing import Any

from tests.budget.item_size import item_size, write_units

INDEXES = {"payments": [("listing", "position")], "audits": [("trail", "position"), ("subject", "position")]}


class Recorder:
    """Hears botocore's events of attached clients.

    `calls`: `product:Operation`, with the table if there is one. `units`: write units by table, indexes
    included. `largest`: the heaviest item written, in bytes, by table. `reader` weighs what updates leave.
    """

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.reset()

    def reset(self) -> None:
        self.calls: list[str] = []
        self.units: dict[str, int] = {}
        self.largest: dict[str, int] = {}
        self._updated: tuple[str, Mapping[str, Any]] | None = None

    def attach(self, client: Any) -> None:
        client.meta.events.register("provide-client-params", self._before)
        client.meta.events.register("after-call", self._after)

    def _before(self, params: Mapping[str, Any], model: Any, **_: Any) -> None:
        table = params.get("TableName")
        name = f"{model.service_model.service_name}:{model.name}"
        self.calls.append(f"{name} {table}" if table else name)
        if model.name == "PutItem":
            created = sum(set(index) <= set(params["Item"]) for index in INDEXES.get(params["TableName"], ()))
            self._wrote(params["TableName"], params["Item"], indexed=created)
        self._updated = (params["TableName"], params["Key"]) if model.name == "UpdateItem" else None

    def _after(self, **_: Any) -> None:
        if self._updated:
            table, key = self._updated
            self._updated = None
            # Ours only grow, so the image after an update is the larger one, which DynamoDB charges for.
            self._wrote(table, self._reader.get_item(TableName=table, Key=key)["Item"], indexed=0)

    def _wrote(self, table: str, item: Mapping[str, Any], *, indexed: int) -> None:
        size = item_size(item)
        self.largest[table] = max(size, self.largest.get(table, 0))
        self.units[table] = self.units.get(table, 0) + write_units(size) + indexed
