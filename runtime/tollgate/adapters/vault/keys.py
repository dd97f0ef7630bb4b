"""Each merchant's vault key: versioned, wrapped by KMS, unwrapped once per environment and hour."""

from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import ClientError

from tollgate.adapters.cache import BoundedCache
from tollgate.adapters.items import condition_failed, item_of, row_of
from tollgate.adapters.vault.rows import key_id, key_row, wrapped_keys_of
from tollgate.ports import Clock

MERCHANTS = 100
HOUR = 3_600_000


class VaultKeyExists(Exception):
    """The merchant has a vault key already. It stays as it is: another would lose every token."""


@dataclass(frozen=True, slots=True)
class VaultKeys:
    """A merchant's keys in clear (32 bytes each), by version. New tokens are sealed with `current`."""

    current: int
    versions: dict[int, bytes] = field(repr=False)


def create_merchant_key(dynamodb: Any, table: str, merchant_id: str, wrapped: bytes) -> None:
    """Store a new merchant's first vault key: 32 random bytes that KMS generated and wrapped under the
    encryption context `{"merchant": merchant_id}`.

    Raises `VaultKeyExists` when there is another.
    """
    row = key_row(merchant_id, wrapped)
    try:
        dynamodb.put_item(
            TableName=table,
            Item=item_of(row),
            ConditionExpression="attribute_not_exists(id)",
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    except ClientError as error:
        if not condition_failed(error):
            raise
        if row_of(error.response.get("Item") or {}) != row:  # else the SDK has sent it twice
            raise VaultKeyExists(f"{merchant_id} has a vault key already.") from None


class MerchantKeys:
    """Vault keys of merchants, at most an hour old. Raises `LookupError` for a merchant without one."""

    def __init__(self, dynamodb: Any, table: str, kms: Any, clock: Clock) -> None:
        self._dynamodb = dynamodb
        self._table = table
        self._kms = kms
        self._cache: BoundedCache[VaultKeys] = BoundedCache(clock, MERCHANTS, HOUR)

    def of(self, merchant_id: str) -> VaultKeys:
        keys = self._cache.get(merchant_id, lambda: self._unwrapped(merchant_id))
        if keys is None:
            raise LookupError(f"{merchant_id} has no vault key; `tollgate merchant add` makes one.")
        return keys

    def version(self, merchant_id: str, version: int) -> bytes:
        """One version. A version newer than what is remembered is read from the table."""
        if version not in self.of(merchant_id).versions:
            self._cache.forget(merchant_id)
        return self.of(merchant_id).versions[version]

    def _unwrapped(self, merchant_id: str) -> VaultKeys | None:
        answer = self._dynamodb.get_item(
            TableName=self._table, Key={"id": {"S": key_id(merchant_id)}}, ConsistentRead=True
        )
        if "Item" not in answer:
            return None
        current, versions = wrapped_keys_of(row_of(answer["Item"]))
        return VaultKeys(
            current, {version: self._unwrap(merchant_id, wrapped) for version, wrapped in versions.items()}
        )

    def _unwrap(self, merchant_id: str, wrapped: bytes) -> bytes:
        answer = self._kms.decrypt(CiphertextBlob=wrapped, EncryptionContext={"merchant": merchant_id})
        return answer["Plaintext"]
