"""The card vault: tokens, the cards sealed behind them, and the merchants' keys."""

from tollgate.adapters.vault.keys import MerchantKeys, VaultKeyExists, create_merchant_key
from tollgate.adapters.vault.stored_cards import StoredCards
from tollgate.adapters.vault.table import VaultTable

__all__ = ["MerchantKeys", "StoredCards", "VaultKeyExists", "VaultTable", "create_merchant_key"]
