"""The environment of each function, read once at its start. What is missing or malformed is named."""

from collections.abc import Mapping
from dataclasses import dataclass

MAX_ACCESS_TOKEN_SECONDS = 3600


class ConfigError(Exception):
    """An environment variable is missing or malformed. The function must not start."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")


@dataclass(frozen=True, slots=True)
class AuthorizerConfig:
    """`signing_keys`: ARNs of the KMS keys whose tokens are accepted."""

    issuer: str
    audience: str
    signing_keys: tuple[str, ...]
    clients_table: str

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "AuthorizerConfig":
        return cls(
            issuer=text(environ, "ISSUER"),
            audience=text(environ, "AUDIENCE"),
            signing_keys=texts(environ, "SIGNING_KEYS"),
            clients_table=text(environ, "CLIENTS_TABLE"),
        )


@dataclass(frozen=True, slots=True)
class IdentityConfig:
    """`signing_keys`: ARNs of KMS keys, of which the first signs. `token_seconds`: a token's lifetime."""

    issuer: str
    audience: str
    signing_keys: tuple[str, ...]
    clients_table: str
    token_seconds: int

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "IdentityConfig":
        return cls(
            issuer=text(environ, "ISSUER"),
            audience=text(environ, "AUDIENCE"),
            signing_keys=texts(environ, "SIGNING_KEYS"),
            clients_table=text(environ, "CLIENTS_TABLE"),
            token_seconds=number(environ, "ACCESS_TOKEN_SECONDS", 60, MAX_ACCESS_TOKEN_SECONDS, default=900),
        )


@dataclass(frozen=True, slots=True)
class TokensConfig:
    """`card_keys_secret`: ARN of the secret that holds the private card keys."""

    vault_table: str
    clients_table: str
    audits_table: str
    card_keys_secret: str

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "TokensConfig":
        return cls(
            vault_table=text(environ, "VAULT_TABLE"),
            clients_table=text(environ, "CLIENTS_TABLE"),
            audits_table=text(environ, "AUDITS_TABLE"),
            card_keys_secret=text(environ, "CARD_KEYS_SECRET"),
        )


def text(environ: Mapping[str, str], key: str) -> str:
    """A variable that must be there."""
    value = environ.get(key, "").strip()
    if not value:
        raise ConfigError(key, "is missing or empty")
    return value


def texts(environ: Mapping[str, str], key: str) -> tuple[str, ...]:
    """A comma-separated list of at least one entry, none empty."""
    entries = tuple(entry.strip() for entry in text(environ, key).split(","))
    if not all(entries):
        raise ConfigError(key, "has an empty entry between its commas")
    return entries


def number(environ: Mapping[str, str], key: str, least: int, most: int, *, default: int) -> int:
    """A whole number between `least` and `most`, or the default when the variable isn't there."""
    value = environ.get(key)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise ConfigError(key, f"must be a whole number from {least} to {most}")
    return int(value)
