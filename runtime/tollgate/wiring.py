"""What each function is made of: put together once, at its first request.

Adapters are imported where they are used: a function loads only its own, which shortens its cold start.
"""
# ruff: noqa: PLC0415

import os
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from tollgate import config
from tollgate.adapters.clock import SystemClock
from tollgate.adapters.ids import RandomIds
from tollgate.operations.issue_access_token import IssuingPorts
from tollgate.ports import AccessTokens, CardKeys, Clients, Clock, Ids, KeySet, Merchants, Trail, Vault

if TYPE_CHECKING:
    from tollgate.adapters.clients_table import ClientsTable
    from tollgate.adapters.trail import AuditTrail


@dataclass(frozen=True, slots=True)
class AuthorizerWorld:
    tokens: AccessTokens
    clients: Clients


@dataclass(frozen=True, slots=True)
class IdentityWorld:
    issuing: IssuingPorts
    key_set: KeySet


@dataclass(frozen=True, slots=True)
class TokensWorld:
    vault: Vault
    card_keys: CardKeys
    trail: Trail
    clock: Clock
    ids: Ids


@cache
def authorizer() -> AuthorizerWorld:
    from tollgate.adapters.access_tokens import SignedAccessTokens
    from tollgate.adapters.signing import KmsSigningKeys

    settings = config.AuthorizerConfig.read(os.environ)
    keys = KmsSigningKeys(_aws("kms"), settings.signing_keys)
    tokens = SignedAccessTokens(keys, settings.issuer, settings.audience)
    return AuthorizerWorld(tokens, clients_table(settings.clients_table))


@cache
def identity() -> IdentityWorld:
    from tollgate.adapters.access_tokens import SignedAccessTokens
    from tollgate.adapters.key_set import PublishedKeySet
    from tollgate.adapters.signing import KmsSigningKeys

    settings = config.IdentityConfig.read(os.environ)
    keys = KmsSigningKeys(_aws("kms"), settings.signing_keys)
    table = clients_table(settings.clients_table)
    tokens = SignedAccessTokens(keys, settings.issuer, settings.audience)
    issuing = IssuingPorts(table, tokens, SystemClock(), RandomIds(), settings.token_seconds)
    return IdentityWorld(issuing, PublishedKeySet(keys, table))


@cache
def tokens() -> TokensWorld:
    settings = config.TokensConfig.read(os.environ)
    trail = audit_trail(settings.audits_table, merchants(settings.clients_table))
    return TokensWorld(
        vault=vault(settings.vault_table, trail),
        card_keys=card_keys(settings.card_keys_secret),
        trail=trail,
        clock=SystemClock(),
        ids=RandomIds(),
    )


def clients_table(table: str) -> "ClientsTable":
    from tollgate.adapters.clients_table import ClientsTable

    return ClientsTable(_aws("dynamodb"), table)


def merchants(table: str) -> Merchants:
    from tollgate.adapters.merchants import CachedMerchants

    return CachedMerchants(clients_table(table), SystemClock())


def audit_trail(table: str, merchants: Merchants) -> "AuditTrail":
    from tollgate.adapters.trail import AuditTrail

    return AuditTrail(_aws("dynamodb"), table, merchants)


def vault(table: str, trail: "AuditTrail") -> Vault:
    from tollgate.adapters.vault import MerchantKeys, VaultTable

    keys = MerchantKeys(_aws("dynamodb"), table, _aws("kms"), SystemClock())
    return VaultTable(_aws("dynamodb"), table, keys, trail)


def card_keys(secret_id: str) -> CardKeys:
    from tollgate.adapters.card_encryption import EncryptedCards
    from tollgate.adapters.card_keys import CardKeySecret

    return EncryptedCards(CardKeySecret(_aws("secretsmanager"), secret_id, SystemClock()))


def _aws(product: str) -> Any:
    from tollgate.adapters import aws

    return aws.client(product)
