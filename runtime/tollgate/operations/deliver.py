"""An event sent to an endpoint: claimed, signed, sent, and what came of it stored.

The table knows what is to be done and when; a message only says that it may be now. Whatever is lost or dies,
the delivery is due again once its claim is over: it is sent at least once, or given up in so many words.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from tollgate.domain.target import Targets, target_of
from tollgate.domain.webhook import (
    Attempt,
    Delivery,
    DeliveryStatus,
    Endpoint,
    EndpointStatus,
    RetryRules,
    paused_until,
)
from tollgate.domain.webhook_signature import signed_headers
from tollgate.operations.change_endpoint import changed
from tollgate.ports import Clock, Deliveries, Endpoints, SecretOpener, Sender

CLAIM = 30_000
"""Milliseconds: longer than an attempt takes."""


class Came(StrEnum):
    """What a look at a delivery came to."""

    NOTHING_TO_DO = "nothing_to_do"
    POSTPONED = "postponed"
    DELIVERED = "delivered"
    FAILED = "failed"
    GIVEN_UP = "given_up"
    UNWANTED = "unwanted"


@dataclass(frozen=True, slots=True)
class DeliveryPorts:
    endpoints: Endpoints
    deliveries: Deliveries
    opener: SecretOpener
    sender: Sender
    clock: Clock
    rules: RetryRules
    targets: Targets


@dataclass(frozen=True, slots=True)
class Look:
    """`next_due`: when it is to be tried again (milliseconds), if it is."""

    came: Came
    next_due: int | None = None


def deliver(delivery_id: str, ports: DeliveryPorts) -> Look:
    """One attempt, if it is due."""
    delivery, now = ports.deliveries.find(delivery_id), ports.clock.now()
    if delivery is None or delivery.status is not DeliveryStatus.PENDING or delivery.due_at > now:
        return Look(Came.NOTHING_TO_DO)
    endpoint = ports.endpoints.roster(delivery.merchant_id).find(delivery.endpoint_id)
    claimed = replace(delivery, due_at=now + CLAIM)
    if not ports.deliveries.claim(delivery, claimed.due_at):
        return Look(Came.NOTHING_TO_DO)
    if endpoint is None or not endpoint.enabled:
        ports.deliveries.record(replace(claimed, status=DeliveryStatus.FAILED, due_at=now), None)
        return Look(Came.UNWANTED)
    if endpoint.paused_until > now:
        ports.deliveries.record(replace(claimed, due_at=endpoint.paused_until), None)
        return Look(Came.POSTPONED, endpoint.paused_until)
    attempt = _sent(claimed, endpoint, ports)
    return _concluded(replace(claimed, attempts=delivery.attempts + 1), endpoint, attempt, ports)


def _sent(delivery: Delivery, endpoint: Endpoint, ports: DeliveryPorts) -> Attempt:
    now, message = ports.clock.now(), delivery.message.encode()
    try:
        target = target_of(endpoint.url, ports.targets)
    except ValueError as fault:
        return Attempt(now, None, str(fault))
    secrets = [ports.opener.open(endpoint.id, each.content) for each in endpoint.signing(now)]
    headers = signed_headers(secrets, delivery.event_id, now // 1000, message)
    return ports.sender.post(target, headers, message)


def _concluded(delivery: Delivery, endpoint: Endpoint, attempt: Attempt, ports: DeliveryPorts) -> Look:
    now = ports.clock.now()
    if attempt.delivered:
        ports.deliveries.record(replace(delivery, status=DeliveryStatus.DELIVERED, due_at=now), attempt)
        if endpoint.failures:
            _changed(endpoint, replace(endpoint, failures=0, paused_until=0), ports)
        return Look(Came.DELIVERED)
    due = None if attempt.gone else ports.rules.next_due(delivery, now, attempt.retry_after)
    if due is None:
        ports.deliveries.record(replace(delivery, status=DeliveryStatus.FAILED, due_at=now), attempt)
        _changed(endpoint, replace(endpoint, status=EndpointStatus.DISABLED), ports)
        return Look(Came.GIVEN_UP)
    ports.deliveries.record(replace(delivery, due_at=due), attempt)
    failures = endpoint.failures + 1
    pause = paused_until(failures, ports.rules, now)
    _changed(endpoint, replace(endpoint, failures=failures, paused_until=pause), ports)
    return Look(Came.FAILED, max(due, pause))


def _changed(before: Endpoint, after: Endpoint, ports: DeliveryPorts) -> None:
    """What this attempt says of the endpoint, whatever else was changed of it meanwhile."""
    told = {
        name: getattr(after, name)
        for name in ("failures", "paused_until", "status")
        if getattr(after, name) != getattr(before, name)
    }
    if ports.endpoints.roster(before.merchant_id).find(before.id) is not None:
        changed(before.merchant_id, before.id, lambda each: replace(each, **told), ports)
