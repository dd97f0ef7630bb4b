"""The seam between the engine and whatever makes resources: an emulator, or answers out of a table."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

EXAMPLE_ACCOUNT = "111122223333"  # as in AWS's documentation: nobody's


@dataclass(frozen=True)
class Provider:
    """Where a provider deploys. `account`: the first of its allowed account ids, or AWS's example of one."""

    region: str
    account: str
    default_tags: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_inputs(cls, package: str, inputs: Mapping[str, Any]) -> Provider:
        """Read a provider's inputs, whose structured values travel as JSON text."""
        accounts = _structured(inputs.get("allowedAccountIds")) or [EXAMPLE_ACCOUNT]
        if package == "aws" and not inputs.get("region"):
            raise ValueError("the aws provider needs an explicit region")
        tags = (_structured(inputs.get("defaultTags")) or {}).get("tags") or {}
        return cls(region=inputs.get("region", ""), account=accounts[0], default_tags=tags)


def _structured(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Resource:
    """One custom resource to make real. All values of `inputs` are known and secrets are open."""

    urn: str
    type: str
    name: str
    inputs: Mapping[str, Any]
    provider: Provider


@dataclass(frozen=True)
class Applied:
    """A resource that exists: its physical id and all its output properties (inputs included)."""

    id: str
    outputs: Mapping[str, Any]


class Backend(Protocol):
    """Called from several threads at once; any exception refuses the resource with its message."""

    def apply(self, resource: Resource) -> Applied:
        """Create the resource, or bring an existing one up to date."""
        ...

    def invoke(self, token: str, arguments: Mapping[str, Any], provider: Provider) -> Mapping[str, Any]:
        """Answer a data source, e.g. `aws:index/getCallerIdentity:getCallerIdentity`."""
        ...
