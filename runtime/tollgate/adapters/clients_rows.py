"""Rows of the `clients` table, and what they say."""

from collections.abc import Mapping
from typing import Any

from tollgate.domain.merchant import Client, Merchant, ProcessorAccount, Scope


def client_row(client: Client) -> dict[str, Any]:
    return {
        "id": f"client#{client.id}",
        "merchant": client.merchant_id,
        "scopes": sorted(client.scopes),
        "secret_digests": list(client.secret_digests),
        "api_key": client.api_key,
        "revoked": client.revoked,
        "created_at": client.created_at,
    }


def client_of(row: Mapping[str, Any]) -> Client:
    return Client(
        id=row["id"].removeprefix("client#"),
        merchant_id=row["merchant"],
        scopes=frozenset(Scope(scope) for scope in row["scopes"]),
        secret_digests=tuple(row["secret_digests"]),
        api_key=row["api_key"],
        revoked=row["revoked"],
        created_at=row["created_at"],
    )


def merchant_row(merchant: Merchant) -> dict[str, Any]:
    account = merchant.processor
    return {
        "id": f"merchant#{merchant.id}",
        "name": merchant.name,
        "processor": {
            "processor": account.processor,
            "account": account.account,
            "terminal": account.terminal,
        },
        "currencies": sorted(merchant.currencies),
        "multiple_captures": merchant.multiple_captures,
        "created_at": merchant.created_at,
        "shards": dict(merchant.shards),
    }


def merchant_of(row: Mapping[str, Any]) -> Merchant:
    account = row["processor"]
    return Merchant(
        id=row["id"].removeprefix("merchant#"),
        name=row["name"],
        processor=ProcessorAccount(account["processor"], account["account"], account["terminal"]),
        currencies=frozenset(row["currencies"]),
        multiple_captures=row["multiple_captures"],
        created_at=row["created_at"],
        shards=tuple(sorted(row["shards"].items())),
    )
