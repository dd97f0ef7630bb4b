"""Merchants as the functions see them: remembered for a minute."""

from tollgate.adapters.cache import BoundedCache
from tollgate.adapters.clients_table import ClientsTable
from tollgate.domain.merchant import Merchant
from tollgate.ports import Clock

MERCHANTS = 1000
MINUTE = 60_000


class CachedMerchants:
    def __init__(self, table: ClientsTable, clock: Clock) -> None:
        self._table = table
        self._cache: BoundedCache[Merchant] = BoundedCache(clock, MERCHANTS, MINUTE)

    def find(self, merchant_id: str) -> Merchant | None:
        """The merchant, at most 60 s old."""
        return self._cache.get(merchant_id, lambda: self._table.find_merchant(merchant_id))
