"""A delivery of one AWS service to another, and the grants that its guide names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Delivery:
    """A resource of type `kind` delivers to what its input `to` names, or fetches from there.

    `principal`: a service's name, `=` and the input that names the role which the service takes, or `@` and
    the one that names the function with whose role it is done. `asks`: IAM's actions with the resources that
    they are on. `context`: what AWS's guide says that the call carries, and nothing that it doesn't.
    `key_operations`: with the key of what is delivered to, if it has one. `which`: a part of the ARN there,
    where several services are possible.
    """

    kind: str
    to: str
    principal: str
    asks: Sequence[tuple[str, str]]
    guide: str
    context: Mapping[str, str] = field(default_factory=dict)
    key_operations: Sequence[str] = ()
    which: str = ""


ACCOUNT = {"aws:SourceAccount": "{account}"}
WRITING = ("kms:Decrypt", "kms:GenerateDataKey")
LOGS = "delivery.logs.amazonaws.com"
