"""The secrets of checkout sessions, derived from their merchants' vault keys."""

import base64

from tollgate.adapters.vault.keys import MerchantKeys
from tollgate.adapters.vault.sealing import session_secret
from tollgate.domain.checkout import CheckoutSession


class DerivedSessionSecrets:
    """The `SessionSecrets` port. In base32 a secret is one word too long for a card number."""

    def __init__(self, keys: MerchantKeys) -> None:
        self._keys = keys

    def current_version(self, merchant_id: str) -> int:
        return self._keys.of(merchant_id).current

    def secret_of(self, session: CheckoutSession) -> str:
        key = self._keys.version(session.merchant_id, session.secret_version)
        secret = base64.b32encode(session_secret(key, session.id)).decode().lower().rstrip("=")
        return f"css_{secret}"
