"""Cards behind tokens, to be read only."""

from typing import Any

from tollgate.adapters.items import row_of
from tollgate.adapters.vault import sealing
from tollgate.adapters.vault.keys import MerchantKeys
from tollgate.adapters.vault.rows import token_of
from tollgate.domain.card import Card
from tollgate.domain.identifiers import LONGEST_ID
from tollgate.domain.token import StoredToken


class StoredCards:
    """Tokens of the `vault` table, and the cards sealed behind them."""

    def __init__(self, dynamodb: Any, table: str, keys: MerchantKeys) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._keys = keys

    def find(self, merchant_id: str, token_id: str) -> StoredToken | None:
        if not token_id.startswith("tok_") or len(token_id) > LONGEST_ID:
            return None
        answer = self._dynamodb.get_item(
            TableName=self._table, Key={"id": {"S": token_id}}, ConsistentRead=True
        )
        if "Item" not in answer:
            return None
        token = token_of(row_of(answer["Item"]))
        return token if token.merchant_id == merchant_id else None

    def open(self, token: StoredToken) -> Card:
        if token.sealed is None:
            raise LookupError(f"{token.id} is deleted.")
        key = self._keys.version(token.merchant_id, token.sealed.version)
        return sealing.unseal(key, token.merchant_id, token.id, token.sealed.content)
