"""A card out of the vault, for good."""

from tollgate.domain.audit import Action, Exchange
from tollgate.domain.errors import not_found
from tollgate.domain.token import StoredToken
from tollgate.operations.tokenize_card import TokenPorts, token_audit

DELETED = 204


def delete_token(token: StoredToken, exchange: Exchange, ports: TokenPorts) -> None:
    """Remove the card behind a token, on record. Raises `Refusal` (`not_found`) if it is gone already."""
    audit = token_audit(token, exchange, Action.TOKEN_DELETED, DELETED, ports)
    if not ports.vault.delete(token, ports.clock.now(), audit):
        raise not_found()
