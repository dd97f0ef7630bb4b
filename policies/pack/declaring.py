"""How a policy is declared: one decorated function, and everything that is said about it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from pulumi_policy import PolicyProviderResource, PolicyResourceOptions, Severity

FRAMEWORK = "pci-dss"
VERSION = "4.0.1"
CRITICAL, HIGH, MEDIUM, LOW = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW
WHOLE_STACK = "pulumi:pulumi:Stack"
EVERY_AWS_RESOURCE = "aws:"

# What a check yields: for each thing that is wrong, a sentence that says what.
Violations = Iterator[str]
Schema = Mapping[str, Any]


class Resource(Protocol):
    """What a check reads of a resource: the common part of the SDK's two classes for it.

    Reading a property that isn't known yet raises the SDK's `UnknownValueError`; a check lets it through, and
    is made once the deployment knows (`undecided`).
    """

    resource_type: str
    props: Mapping[str, Any]
    urn: str
    name: str
    opts: PolicyResourceOptions
    provider: PolicyProviderResource | None


@dataclass(frozen=True)
class Policy:
    """One policy. `check` yields what is wrong with a resource of one of the types `on`.

    `relational`: the check also sees the rest of the stack, and runs once everything is registered.
    `settings`: JSON schemas of what the check takes by name; each has a default. `advisory`: why it only
    advises; empty for a mandatory one. `reason`: why the policy exists.
    """

    name: str
    topic: str
    description: str
    reason: str
    on: tuple[str, ...]
    severity: Severity
    pci: tuple[str, ...]
    remedy: str
    url: str
    check: Callable[..., Violations]
    relational: bool
    settings: Mapping[str, Schema] = field(default_factory=dict)
    advisory: str = ""

    def concerns(self, type_token: str) -> bool:
        """Whether the check is for resources of this type."""
        return type_token in self.on or (EVERY_AWS_RESOURCE in self.on and type_token.startswith("aws:"))


def policy(
    *,
    on: str | Sequence[str] = WHOLE_STACK,
    severity: Severity,
    pci: Sequence[str],
    remedy: str,
    url: str,
    settings: Mapping[str, Schema] | None = None,
    advisory: str = "",
) -> Callable[[Callable[..., Violations]], Policy]:
    """Make a policy of a check: a generator of sentences about one resource.

    Name, description and reason are the function's name and docstring. A check with a parameter `stack` is a
    relational one and gets a `Stack`. `pci`: requirements of PCI DSS 4.0.1; none where the policy protects
    money or availability. Whatever `settings` declares is passed by name.
    """

    def declare(check: Callable[..., Violations]) -> Policy:
        description, _, reason = (inspect.getdoc(check) or "").partition("\n\n")
        return Policy(
            name=check.__name__.replace("_", "-"),
            topic=check.__module__.rpartition(".")[2],
            description=" ".join(description.split()),
            reason=reason,
            on=(on,) if isinstance(on, str) else tuple(on),
            severity=severity,
            pci=tuple(pci),
            remedy=remedy,
            url=url,
            check=check,
            relational="stack" in inspect.signature(check).parameters,
            settings=settings or {},
            advisory=advisory,
        )

    return declare


def number(default: int, description: str) -> Schema:
    """A threshold."""
    return {"type": "integer", "default": default, "description": description}


def flag(default: bool, description: str) -> Schema:
    """Something that is so or not."""
    return {"type": "boolean", "default": default, "description": description}


def words(default: Sequence[str], description: str) -> Schema:
    """A list of names or patterns."""
    return {
        "type": "array",
        "items": {"type": "string"},
        "default": list(default),
        "description": description,
    }


def text(default: str, description: str) -> Schema:
    """One name or pattern."""
    return {"type": "string", "default": default, "description": description}
