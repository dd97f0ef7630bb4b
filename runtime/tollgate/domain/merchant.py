"""Who gets paid, through which processor account, and who may ask for it."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What an access token may allow (RFC 6749 §3.3)."""

    TOKENS_READ = "tokens:read"
    TOKENS_WRITE = "tokens:write"
    PAYMENTS_READ = "payments:read"
    PAYMENTS_WRITE = "payments:write"
    REFUNDS_READ = "refunds:read"
    REFUNDS_WRITE = "refunds:write"
    AUDITS_READ = "audits:read"
    EVENTS_READ = "events:read"
    REPORTS_READ = "reports:read"
    WEBHOOKS_WRITE = "webhooks:write"


@dataclass(frozen=True, slots=True)
class ProcessorAccount:
    """A merchant's place at the processor. Frozen into each payment, for its captures and refunds.

    `account` names an entry of the stage's `processor_accounts` (hosts, credentials); `terminal` is
    the processor's terminal id.
    """

    processor: str
    account: str
    terminal: str


@dataclass(frozen=True, slots=True)
class Merchant:
    """`currencies`: enabled ISO 4217 codes. `shards`: write shards of its listings, by month
    (`"2026-11" -> 4`); a month without an entry has the last earlier one's, else 1."""

    id: str
    name: str
    processor: ProcessorAccount
    currencies: frozenset[str]
    multiple_captures: bool
    created_at: int
    shards: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Client:
    """An application that calls the API for one merchant.

    `secret_digests` are hex SHA-256 of 256-bit random secrets, newest first: several while rotations overlap.
    `api_key` names the client's usage plan to the gateway; it opens nothing by itself.
    """

    id: str
    merchant_id: str
    scopes: frozenset[Scope]
    secret_digests: tuple[str, ...]
    api_key: str
    revoked: bool
    created_at: int


@dataclass(frozen=True, slots=True)
class Principal:
    """Who a verified access token speaks for."""

    client_id: str
    merchant_id: str
    scopes: frozenset[Scope]
