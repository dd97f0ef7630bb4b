"""A webhook endpoint and its secret; and another secret for one that is there."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from tollgate.domain.errors import Code, Refusal, not_found
from tollgate.domain.webhook import MOST_ENDPOINTS, Endpoint, EndpointStatus, SealedSecret
from tollgate.operations.change_endpoint import RACES, Ports, changed
from tollgate.ports import Clock, Endpoints, SecretOpener, Secrets


class SecretPorts(Ports, Protocol):
    @property
    def endpoints(self) -> Endpoints: ...
    @property
    def secrets(self) -> Secrets: ...
    @property
    def opener(self) -> SecretOpener: ...
    @property
    def clock(self) -> Clock: ...


@dataclass(frozen=True, slots=True)
class Wanted:
    """`id` is derived from merchant, path and idempotency key."""

    id: str
    merchant_id: str
    url: str
    types: tuple[str, ...]
    description: str | None


@dataclass(frozen=True, slots=True)
class WithSecret:
    """An endpoint as the request left it, and the secret that it made."""

    endpoint: Endpoint
    secret: bytes
    replayed: bool


def make_endpoint(wanted: Wanted, ports: SecretPorts) -> WithSecret:
    """A new one, or the one that this key made before, deleted since or not.

    Raises `Refusal`: `idempotency_key_reused`, `invalid_state` (too many).
    """
    if made := ports.endpoints.recall(wanted.id):
        return _replay(_endpoint_of(made, wanted), wanted, ports)
    for _ in range(RACES):
        roster = ports.endpoints.roster(wanted.merchant_id)
        if there := roster.find(wanted.id):
            _remember(there, ports)
            return _replay(there, wanted, ports)
        if len(roster.endpoints) >= MOST_ENDPOINTS:
            raise Refusal(Code.INVALID_STATE, f"A merchant has at most {MOST_ENDPOINTS} endpoints.")
        secret = ports.secrets.make()
        endpoint = _new(wanted, ports.secrets.seal(wanted.id, secret), ports.clock.now())
        if ports.endpoints.save(roster.with_(endpoint)):
            _remember(endpoint, ports)
            return WithSecret(endpoint, secret, replayed=False)
    raise RuntimeError("a merchant's endpoints were changed again and again")


def roll_secret(merchant_id: str, endpoint_id: str, by: str, ports: SecretPorts) -> WithSecret:
    """With another secret; the old one signs for a day more. `by`: the request, which does it once. Raises
    `Refusal` (`not_found`)."""
    there = ports.endpoints.roster(merchant_id).find(endpoint_id)
    if there is None:
        raise not_found()
    if known := next((each for each in there.secrets if each.by == by), None):
        return WithSecret(there, ports.opener.open(endpoint_id, known.content), replayed=True)
    secret = ports.secrets.make()
    sealed = SealedSecret(by, ports.secrets.seal(endpoint_id, secret))
    rolled = changed(merchant_id, endpoint_id, lambda each: each.rolled(sealed, ports.clock.now()), ports)
    return WithSecret(rolled, secret, replayed=False)


def _new(wanted: Wanted, sealed: bytes, now: int) -> Endpoint:
    return Endpoint(
        id=wanted.id,
        merchant_id=wanted.merchant_id,
        url=wanted.url,
        types=wanted.types,
        description=wanted.description,
        status=EndpointStatus.ENABLED,
        secrets=(SealedSecret(wanted.id, sealed),),
        created_at=now,
    )


def _replay(endpoint: Endpoint, wanted: Wanted, ports: SecretPorts) -> WithSecret:
    same = (endpoint.url, endpoint.types, endpoint.description)
    if same != (wanted.url, wanted.types, wanted.description):
        raise Refusal(
            Code.IDEMPOTENCY_KEY_REUSED, "This Idempotency-Key was used with another request. Use a new one."
        )
    first = next(each for each in endpoint.secrets if each.by == endpoint.id)
    return WithSecret(endpoint, ports.opener.open(endpoint.id, first.content), replayed=True)


def _remember(endpoint: Endpoint, ports: SecretPorts) -> None:
    first = next(each for each in endpoint.secrets if each.by == endpoint.id)
    made = {
        "merchant": endpoint.merchant_id,
        "url": endpoint.url,
        "types": list(endpoint.types),
        "description": endpoint.description,
        "created_at": endpoint.created_at,
        "sealed": base64.b64encode(first.content).decode(),
    }
    ports.endpoints.remember(endpoint.id, made)


def _endpoint_of(made: Mapping[str, Any], wanted: Wanted) -> Endpoint:
    was = Wanted(wanted.id, made["merchant"], made["url"], tuple(made["types"]), made["description"])
    return _new(was, base64.b64decode(made["sealed"]), made["created_at"])
