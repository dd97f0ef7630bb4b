"""A token as it stands."""

from tollgate.domain.errors import not_found
from tollgate.domain.token import StoredToken
from tollgate.ports import Vault


def read_token(merchant_id: str, token_id: str, vault: Vault) -> StoredToken:
    """Raises `Refusal` (`not_found`): unknown, another merchant's, or deleted."""
    token = vault.find(merchant_id, token_id)
    if token is None or token.deleted:
        raise not_found()
    return token
