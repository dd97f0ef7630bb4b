"""The published keys of the stage."""

import json
from typing import Any

from tollgate.adapters.clients_table import ClientsTable
from tollgate.adapters.jwks import signature_jwk
from tollgate.adapters.signing import KmsSigningKeys


class PublishedKeySet:
    def __init__(self, signing_keys: KmsSigningKeys, table: ClientsTable) -> None:
        self._signing_keys = signing_keys
        self._table = table

    def document(self) -> dict[str, Any]:
        """Signature keys, then card keys with the current one first."""
        signature_keys = [signature_jwk(key) for key in self._signing_keys.public_keys.values()]
        card_keys = [json.loads(key) for key in self._table.encryption_keys().keys]
        return {"keys": signature_keys + card_keys}
