"""A live account, asked about what a stack's program declares."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

import boto3
from botocore import xform_name
from botocore.client import BaseClient
from botocore.config import Config

if TYPE_CHECKING:
    # It brings Pulumi's SDK along, which takes half a second.
    from engine import Graph, Node

# Standard mode waits longer each time that AWS says a caller is too fast.
PATIENT = Config(retries={"mode": "standard", "max_attempts": 6}, connect_timeout=5, read_timeout=20)


@dataclass(frozen=True)
class Account:
    """Answers from AWS, each fetched once, and the graph of the program (with made-up ids) beside them.

    `region`: where it asks. `now`: when the asking began. Safe to use from several threads. Raises botocore's
    errors.
    """

    session: boto3.Session = field(repr=False)
    graph: Graph = field(repr=False)
    region: str
    now: datetime
    _clients: dict[tuple[str, str], BaseClient] = field(default_factory=dict, repr=False)
    _answers: dict[str, Any] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def id(self) -> str:
        """Twelve digits."""
        return self.graph.exports["account_id"]

    def near(self, node: Node) -> Account:
        """The account in the node's own region."""
        return replace(self, region=node.inputs.get("region", self.region))

    def ask(self, service: str, operation: str, **parameters: Any) -> Mapping[str, Any]:
        """The answer to one call; `operation` as AWS writes it, e.g. `DescribeTable`."""
        key = self._key(service, operation, parameters)
        if key not in self._answers:
            self._answers[key] = getattr(self._client(service), xform_name(operation))(**parameters)
        return self._answers[key]

    def every(self, service: str, operation: str, member: str, **parameters: Any) -> list[Any]:
        """What all pages of the answer list under `member`."""
        key = self._key(service, operation, {**parameters, "every": member})
        if key not in self._answers:
            pages = self._client(service).get_paginator(xform_name(operation)).paginate(**parameters)
            self._answers[key] = [item for page in pages for item in page.get(member, [])]
        return self._answers[key]

    def _client(self, service: str) -> BaseClient:
        # Only using a client is safe in threads, making one isn't.
        with self._lock:
            at = (service, self.region)
            if at not in self._clients:
                self._clients[at] = self.session.client(service, region_name=self.region, config=PATIENT)
            return self._clients[at]

    def _key(self, service: str, operation: str, parameters: Mapping[str, Any]) -> str:
        return json.dumps([self.region, service, operation, parameters], sort_keys=True, default=str)
