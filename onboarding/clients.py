"""Clients: the applications that may call the API for a merchant."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from onboarding.api_keys import create_api_key, delete_api_key
from onboarding.failure import Failure
from onboarding.merchants import clients_table
from onboarding.stage import Stage
from tollgate.adapters.clock import SystemClock
from tollgate.adapters.ids import RandomIds
from tollgate.domain.merchant import Client, Scope

SECRET_BYTES = 32
MOST_SECRETS = 3
"""At once: the one in use, a new one, and a new one whose output was lost."""


@dataclass(frozen=True, slots=True)
class NewClient:
    """What an application needs to get access tokens (RFC 6749 §4.4). Only here is the secret in clear."""

    client_id: str
    client_secret: str = field(repr=False)


def add_client(stage: Stage, merchant_id: str, *, scopes: Iterable[Scope], plan: str) -> NewClient:
    """A new client of the merchant, in the usage plan `plan` (its name in `tollgate:usage_plans`).

    The client's row comes last: the API key that precedes it opens nothing by itself. After a crash, run
    it again: the next client has another id.

    Raises Failure for an unknown merchant or plan, or without a scope.
    """
    allowed = frozenset(scopes)
    if not allowed:
        raise Failure(
            "A client without a scope could do nothing.", "Name one or more, as in --scope audits:read."
        )
    clients = clients_table(stage)
    if clients.find_merchant(merchant_id) is None:
        raise Failure(
            f"The stack '{stage.name}' has no merchant {merchant_id}.",
            f"See `tollgate merchant list --stack {stage.name}`.",
        )
    new = NewClient(RandomIds().new("cli_"), _new_secret())
    client = Client(
        id=new.client_id,
        merchant_id=merchant_id,
        scopes=allowed,
        secret_digests=(_digest(new.client_secret),),
        api_key=create_api_key(stage, new.client_id, plan),
        revoked=False,
        created_at=SystemClock().now(),
    )
    clients.put_client(client)
    return new


def rotate_client(stage: Stage, client_id: str) -> NewClient:
    """A new secret for the client. Those before stay good until `drop_old_secret`: any may be in use.

    After a crash, run it again. Raises Failure for an unknown or revoked client, and for one with three
    secrets.
    """
    client = _active(stage, client_id)
    if len(client.secret_digests) >= MOST_SECRETS:
        raise Failure(
            f"The client {client_id} has {MOST_SECRETS} secrets that are good.",
            f"Have the application use the newest, then: `tollgate client rotate {client_id} --drop-old`.",
        )
    new = NewClient(client_id, _new_secret())
    digests = (_digest(new.client_secret), *client.secret_digests)
    clients_table(stage).replace_secrets(client_id, client.secret_digests, digests)
    return new


def drop_old_secret(stage: Stage, client_id: str) -> None:
    """End a rotation: the newest secret alone stays good. Can be repeated.

    Raises Failure for an unknown or revoked client.
    """
    client = _active(stage, client_id)
    clients_table(stage).replace_secrets(client_id, client.secret_digests, client.secret_digests[:1])


def list_clients(stage: Stage, merchant_id: str | None = None) -> list[Client]:
    """All clients of the stage, or of one merchant, revoked ones too, oldest first."""
    return clients_table(stage).list_clients(merchant_id)


def revoke_client(stage: Stage, client_id: str) -> None:
    """No token from now on, and within 60 s no call with an older one. It can't be undone.

    The row comes first: it is what closes. After a crash, run it again: it deletes the API key that was
    left. Raises Failure for an unknown client.
    """
    _known(stage, client_id)
    clients_table(stage).revoke_client(client_id)
    delete_api_key(stage, client_id)


def _known(stage: Stage, client_id: str) -> Client:
    client = clients_table(stage).find_client(client_id)
    if client is None:
        raise Failure(
            f"The stack '{stage.name}' has no client {client_id}.", "Check the id: it begins with cli_."
        )
    return client


def _active(stage: Stage, client_id: str) -> Client:
    client = _known(stage, client_id)
    if client.revoked:
        raise Failure(f"The client {client_id} is revoked, for good.", "Add another: `tollgate client add`.")
    return client


def _new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
