"""The `clients` table: merchants, their clients, and the published card-encryption keys."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from tollgate.adapters.clients_rows import client_of, client_row, merchant_of, merchant_row
from tollgate.adapters.items import condition_failed, item_of, row_of
from tollgate.domain.merchant import Client, Merchant

ENCRYPTION_KEYS = "jwks#enc"


class Conflict(Exception):
    """A conditional write lost: the row exists already, is gone, or has changed. Nothing was written.

    A write that meets itself, sent again by the SDK because its answer was lost, is none.
    """


@dataclass(frozen=True, slots=True)
class PublishedKeys:
    """Card-encryption JWKs in their JSON form, current first. `version` counts the publications, from 0."""

    keys: tuple[str, ...] = ()
    version: int = 0


class ClientsTable:
    """Reads are strongly consistent. Writes are conditional, and raise `Conflict` when they lose."""

    def __init__(self, dynamodb: Any, table: str) -> None:
        self._dynamodb = dynamodb
        self._table = table

    def find_client(self, client_id: str) -> Client | None:
        row = self._find(f"client#{client_id}")
        return client_of(row) if row else None

    def find_merchant(self, merchant_id: str) -> Merchant | None:
        row = self._find(f"merchant#{merchant_id}")
        return merchant_of(row) if row else None

    def encryption_keys(self) -> PublishedKeys:
        row = self._find(ENCRYPTION_KEYS)
        return PublishedKeys(tuple(row["keys"]), row["version"]) if row else PublishedKeys()

    def encryption_key_ids(self) -> tuple[str, ...]:
        """The `kid` of each published card key, current first."""
        return tuple(json.loads(key)["kid"] for key in self.encryption_keys().keys)

    def list_clients(self, merchant_id: str | None = None) -> list[Client]:
        """All clients (of a merchant), oldest first. Scans the table: for operators only."""
        clients = [client_of(row) for row in self._scan("client#")]
        return sorted(
            (client for client in clients if merchant_id in (None, client.merchant_id)),
            key=lambda client: client.created_at,
        )

    def list_merchants(self) -> list[Merchant]:
        """All merchants, oldest first. Scans the table: for operators only."""
        merchants = [merchant_of(row) for row in self._scan("merchant#")]
        return sorted(merchants, key=lambda merchant: merchant.created_at)

    def put_client(self, client: Client) -> None:
        """Create; an existing client is a conflict."""
        self._create(client_row(client))

    def put_merchant(self, merchant: Merchant) -> None:
        """Create; an existing merchant is a conflict."""
        self._create(merchant_row(merchant))

    def replace_secrets(self, client_id: str, before: Sequence[str], after: Sequence[str]) -> None:
        """Put the secret digests `after` in place of exactly `before`."""
        self._update(
            f"client#{client_id}",
            "SET secret_digests = :after",
            "secret_digests = :before",
            {":before": list(before), ":after": list(after)},
            {"secret_digests": list(after)},
        )

    def revoke_client(self, client_id: str) -> None:
        """From now on the client gets no token, and within 60 s its tokens stop working. Can be repeated."""
        condition, wanted = "attribute_exists(id)", {"revoked": True}
        self._update(f"client#{client_id}", "SET revoked = :yes", condition, {":yes": True}, wanted)

    def publish_encryption_keys(self, keys: Sequence[str], replaces: PublishedKeys) -> PublishedKeys:
        """Publish `keys` (current first) in place of what was read before as `replaces`."""
        published = PublishedKeys(tuple(keys), replaces.version + 1)
        row = {"id": ENCRYPTION_KEYS, "keys": list(keys), "version": published.version}
        condition = "version = :before" if replaces.version else "attribute_not_exists(id)"
        values = {":before": replaces.version} if replaces.version else {}
        self._put(row, condition, values)
        return published

    def _find(self, id: str) -> dict[str, Any] | None:
        item = self._dynamodb.get_item(TableName=self._table, Key={"id": {"S": id}}, ConsistentRead=True)
        return row_of(item["Item"]) if "Item" in item else None

    def _scan(self, prefix: str) -> Iterator[dict[str, Any]]:
        pages = self._dynamodb.get_paginator("scan").paginate(
            TableName=self._table,
            ConsistentRead=True,
            FilterExpression="begins_with(id, :prefix)",
            ExpressionAttributeValues={":prefix": {"S": prefix}},
        )
        return (row_of(item) for page in pages for item in page["Items"])

    def _create(self, row: dict[str, Any]) -> None:
        self._put(row, "attribute_not_exists(id)", {})

    def _put(self, row: dict[str, Any], condition: str, values: dict[str, Any]) -> None:
        request = {"TableName": self._table, "Item": item_of(row), "ConditionExpression": condition}
        if values:
            request["ExpressionAttributeValues"] = item_of(values)
        _unless_conflict(self._dynamodb.put_item, request, row["id"], row)

    def _update(
        self, id: str, change: str, condition: str, values: dict[str, Any], wanted: dict[str, Any]
    ) -> None:
        request = {
            "TableName": self._table,
            "Key": {"id": {"S": id}},
            "UpdateExpression": change,
            "ConditionExpression": condition,
            "ExpressionAttributeValues": item_of(values),
        }
        _unless_conflict(self._dynamodb.update_item, request, id, wanted)


def _unless_conflict(write: Any, request: dict[str, Any], id: str, wanted: dict[str, Any]) -> None:
    """`wanted`: what the row says once the write has been made."""
    try:
        write(**request, ReturnValuesOnConditionCheckFailure="ALL_OLD")
    except ClientError as error:
        if not condition_failed(error):
            raise
        if not _says(row_of(error.response.get("Item") or {}), wanted):
            raise Conflict(f"{id} isn't in the state that this change was made for; read it again.") from None


def _says(stored: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return bool(stored) and all(stored.get(name) == value for name, value in wanted.items())
