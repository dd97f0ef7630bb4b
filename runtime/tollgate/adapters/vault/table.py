"""The vault port on the `vault` table."""

from dataclasses import replace
from typing import Any

from botocore.exceptions import ClientError

from tollgate.adapters.event_outbox import EventOutbox
from tollgate.adapters.items import condition_failed, item_of
from tollgate.adapters.trail import AuditTrail
from tollgate.adapters.vault import sealing
from tollgate.adapters.vault.keys import MerchantKeys
from tollgate.adapters.vault.rows import token_row, use_row
from tollgate.adapters.vault.stored_cards import StoredCards
from tollgate.domain.audit import Audit
from tollgate.domain.card import Card
from tollgate.domain.token import CardIdentity, SealedCard, StoredToken
from tollgate.domain.token_story import token_story

FIRST_VERSION = 1
ATTEMPTS = 3
"""Tries of a transaction that meets another one on the same token: it lasts some milliseconds."""


class VaultTable(StoredCards):
    """A token, its audit record and its event are written in one transaction: none exists without the others.
    `outbox`: None where tokens are neither made nor deleted."""

    def __init__(
        self,
        dynamodb: Any,
        table: str,
        keys: MerchantKeys,
        trail: AuditTrail,
        outbox: EventOutbox | None = None,
    ) -> None:
        super().__init__(dynamodb, table, keys)
        self._trail = trail
        self._outbox = outbox

    def add(self, token: StoredToken, audit: Audit) -> bool:
        put = {
            "TableName": self._table,
            "Item": item_of(token_row(token)),
            "ConditionExpression": "attribute_not_exists(id)",
        }
        return self._with_records({"Put": put}, audit, token)

    def delete(self, token: StoredToken, deleted_at: int, audit: Audit) -> bool:
        update = {
            "TableName": self._table,
            "Key": {"id": {"S": token.id}},
            "UpdateExpression": "SET deleted_at = :at REMOVE ciphertext",
            "ConditionExpression": "merchant = :merchant AND attribute_exists(ciphertext)",
            "ExpressionAttributeValues": item_of({":at": deleted_at, ":merchant": token.merchant_id}),
        }
        return self._with_records({"Update": update}, audit, replace(token, deleted_at=deleted_at))

    def seal(self, merchant_id: str, token_id: str, card: Card) -> SealedCard:
        keys = self._keys.of(merchant_id)
        return SealedCard(
            keys.current, sealing.seal(keys.versions[keys.current], merchant_id, token_id, card)
        )

    def identity_of(self, merchant_id: str, card: Card, version: int | None = None) -> CardIdentity:
        chosen = self._keys.of(merchant_id).current if version is None else version
        return CardIdentity(chosen, sealing.identity_mac(self._keys.version(merchant_id, chosen), card))

    def fingerprint(self, merchant_id: str, card: Card) -> str:
        return sealing.fingerprint(self._keys.version(merchant_id, FIRST_VERSION), card)

    def use_once(self, merchant_id: str, jti: str, used_by: str, expires_at: int) -> bool:
        try:
            self._dynamodb.put_item(
                TableName=self._table,
                Item=item_of(use_row(merchant_id, jti, used_by, expires_at)),
                ConditionExpression="attribute_not_exists(id) OR used_by = :by",
                ExpressionAttributeValues={":by": {"S": used_by}},
            )
        except ClientError as error:
            if condition_failed(error):
                return False
            raise
        return True

    def _with_records(self, change: dict[str, Any], audit: Audit, token: StoredToken) -> bool:
        if self._outbox is None:
            raise LookupError("this function has no outbox: it neither makes nor deletes tokens")
        told = self._outbox.write(token_story(token))
        writes = [change, {"Put": self._trail.put(audit)}, {"Put": told}]
        for _ in range(ATTEMPTS - 1):
            try:
                return self._written(writes)
            except ClientError as error:
                if _cancelled_for(error) != "TransactionConflict":
                    raise
        return self._written(writes)

    def _written(self, writes: list[dict[str, Any]]) -> bool:
        try:
            self._dynamodb.transact_write_items(TransactItems=writes)
        except ClientError as error:
            if _cancelled_for(error) == "ConditionalCheckFailed":
                return False
            raise
        return True


def _cancelled_for(error: ClientError) -> str | None:
    """Why the first write of a transaction was cancelled, if it was."""
    reasons = error.response.get("CancellationReasons") or [{}]
    return reasons[0].get("Code")
