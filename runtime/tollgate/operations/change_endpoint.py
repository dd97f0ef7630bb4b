"""A webhook endpoint changed, or gone, whoever else changes it meanwhile."""

from collections.abc import Callable
from typing import Protocol

from tollgate.domain.errors import not_found
from tollgate.domain.webhook import Endpoint
from tollgate.ports import Endpoints

RACES = 8


class Ports(Protocol):
    @property
    def endpoints(self) -> Endpoints: ...


def changed(
    merchant_id: str, endpoint_id: str, change: Callable[[Endpoint], Endpoint], ports: Ports
) -> Endpoint:
    """The endpoint with the change. Raises `Refusal` (`not_found`)."""
    for _ in range(RACES):
        roster = ports.endpoints.roster(merchant_id)
        endpoint = roster.find(endpoint_id)
        if endpoint is None:
            raise not_found()
        new = change(endpoint)
        if new == endpoint or ports.endpoints.save(roster.with_(new)):
            return new
    raise RuntimeError("a merchant's endpoints were changed again and again")


def deleted(merchant_id: str, endpoint_id: str, ports: Ports) -> None:
    """Take the endpoint away: nothing more is sent to it. Raises `Refusal` (`not_found`)."""
    for _ in range(RACES):
        roster = ports.endpoints.roster(merchant_id)
        if roster.find(endpoint_id) is None:
            raise not_found()
        if ports.endpoints.save(roster.without(endpoint_id)):
            return
    raise RuntimeError("a merchant's endpoints were changed again and again")
