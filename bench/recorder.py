"""What a request costs in AWS calls: every call that clients make, in order, as it goes over the wire."""

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from bench.units import item_size, read_units, write_units

INDEXES = {
    "payments": [("listing", "position"), ("due_shard", "due"), ("ref", "position")],
    "audits": [("trail", "position"), ("subject", "position")],
    "events": [("day", "position")],
    "transactions": [("merchant_id", "created_at")],
}
"""The keys of each table's indexes; `transactions` is the article's."""

Item = Mapping[str, Any]


class Recorder:
    """Hears botocore's events of attached clients.

    `calls`: `product:Operation`, with the table if there is one. `units`: write units by table, indexes
    included; `reads`: read units in all. `largest`: the heaviest item written, in bytes, by table. `answers`:
    bodies of answers by target and key, for whoever plays them again. `reader` sees items around updates.
    """

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.answers: dict[str, bytes] = {}
        self.reset()

    def reset(self) -> None:
        self.calls: list[str] = []
        self.units: dict[str, int] = {}
        self.largest: dict[str, int] = {}
        self.reads = 0.0
        self._asked: Mapping[str, Any] = {}
        self._key = ""
        self._writes: list[tuple[Mapping[str, Any], Item]] = []

    def attach(self, events: Any) -> None:
        """`events`: of a client, or of a session before its clients are made."""
        events.register("before-call", self._before)
        events.register("after-call", self._after)

    def _before(self, params: Mapping[str, Any], model: Any, **_: Any) -> None:
        asked = asked_of(params.get("body") or b"")
        table = asked.get("TableName")
        name = f"{model.service_model.service_name}:{model.name}"
        self.calls.append(f"{name} {table}" if table else name)
        target = params["headers"].get("X-Amz-Target", name)
        self._asked, self._key = asked, target_key(target, asked)
        self._writes = [
            (write, self._item(write["TableName"], write.get("Key") or {"id": write["Item"]["id"]}))
            for write in _writes(model.name, asked)
        ]

    def _after(self, http_response: Any, model: Any, **_: Any) -> None:
        failed = http_response.status_code >= 300
        if not failed:
            self.answers[self._key] = http_response.content
        if model.service_model.service_name != "dynamodb":
            return
        doubled = 2 if model.name == "TransactWriteItems" else 1
        for write, before in self._writes:
            table = write["TableName"]
            if failed:  # a condition that doesn't hold is charged by the item that it was about
                self._charge(table, write_units(max(1, item_size(before))) * doubled)
            else:
                after = write.get("Item") or self._item(table, write["Key"])
                self._wrote(table, before, after, doubled)
        self.reads += _reads(model.name, self._asked, json.loads(http_response.content))

    def _item(self, table: str, key: Item) -> Item:
        return self._reader.get_item(TableName=table, Key=key).get("Item", {})

    def _wrote(self, table: str, before: Item, after: Item, doubled: int) -> None:
        """DynamoDB charges the larger image, and each index for an entry taken out and an entry put in."""
        size = max(item_size(before), item_size(after))
        self.largest[table] = max(size, self.largest.get(table, 0))
        indexed = sum(_index_writes(index, before, after) for index in INDEXES.get(table, ()))
        self._charge(table, write_units(size) * doubled + indexed)

    def _charge(self, table: str, units: int) -> None:
        self.units[table] = self.units.get(table, 0) + units


def asked_of(body: bytes | str) -> Mapping[str, Any]:
    """The request of a JSON call; nothing for one of another protocol."""
    return json.loads(body) if body[:1] in {b"{", "{"} else {}


def target_key(target: str, asked: Mapping[str, Any]) -> str:
    """What tells a call from others of its target: table, key of what is got, secret, ciphertext."""
    return " ".join(
        [
            target,
            asked.get("TableName") or asked.get("SecretId", ""),
            json.dumps(asked.get("Key") or asked.get("CiphertextBlob", ""), sort_keys=True),
        ]
    )


def _writes(operation: str, asked: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    match operation:
        case "PutItem" | "UpdateItem":
            return [asked]
        case "BatchWriteItem":
            return [
                {"TableName": table, **each["PutRequest"]}
                for table, requests in asked["RequestItems"].items()
                for each in requests
            ]
        case "TransactWriteItems":
            return [write for each in asked["TransactItems"] for write in each.values()]
        case _:
            return []


def _reads(operation: str, asked: Mapping[str, Any], answer: Mapping[str, Any]) -> float:
    match operation:
        case "GetItem":
            size = item_size(answer.get("Item", {}))
            return read_units(size, consistent=asked.get("ConsistentRead", False))
        case "Query":
            size = sum(item_size(item) for item in answer.get("Items", []))
            return read_units(size, consistent=asked.get("ConsistentRead", False))
        case "BatchGetItem":
            found: dict[str, list[Item]] = defaultdict(list, answer.get("Responses", {}))
            return sum(
                read_units(item_size(item), consistent=keys.get("ConsistentRead", False))
                for table, keys in asked["RequestItems"].items()
                for item in found[table]
            )
        case _:
            return 0


def _index_writes(index: tuple[str, str], before: Item, after: Item) -> int:
    entries = [[item[key] for key in index] if set(index) <= set(item) else None for item in (before, after)]
    return sum(entry is not None for entry in entries) if entries[0] != entries[1] else 0
