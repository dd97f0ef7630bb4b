"""What a pack says about its policies, and how a user's configuration changes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import jsonschema
from google.protobuf import json_format
from pulumi.runtime.proto import analyzer_pb2


class Level(StrEnum):
    """What a violation does: `mandatory` stops a deployment."""

    ADVISORY = "advisory"
    MANDATORY = "mandatory"
    DISABLED = "disabled"
    REMEDIATE = "remediate"

    @classmethod
    def of(cls, value: analyzer_pb2.EnforcementLevel.ValueType) -> Level:
        return cls(analyzer_pb2.EnforcementLevel.Name(value).lower())

    @property
    def wire(self) -> analyzer_pb2.EnforcementLevel.ValueType:
        return analyzer_pb2.EnforcementLevel.Value(self.upper())


class InvalidPolicyConfigError(ValueError):
    """The configuration names a policy that the pack doesn't have, or gives one a value it doesn't take."""


@dataclass(frozen=True)
class Policy:
    """One policy. `requirements`: of the framework, as the pack's author wrote them."""

    name: str
    description: str
    level: Level
    severity: str
    framework: str
    requirements: str
    remediation: str
    url: str
    tags: tuple[str, ...]
    schema: Mapping[str, Any] = field(default_factory=dict)
    required: tuple[str, ...] = ()

    @classmethod
    def of(cls, info: analyzer_pb2.PolicyInfo) -> Policy:
        severity = analyzer_pb2.PolicySeverity.Name(info.severity)
        return cls(
            name=info.name,
            description=info.description,
            level=Level.of(info.enforcementLevel),
            severity=severity.removeprefix("POLICY_SEVERITY_").lower(),
            framework=f"{info.framework.name} {info.framework.version}".strip(),
            requirements=info.framework.specification,
            remediation=info.remediation_steps,
            url=info.url,
            tags=tuple(info.tags),
            schema=json_format.MessageToDict(info.configSchema.properties),
            required=tuple(info.configSchema.required),
        )


@dataclass(frozen=True)
class Violation:
    """`resource`: a URN, empty where the stack as a whole is meant. `message`: what is wrong there.

    `skipped`: the policy couldn't be run, because a value isn't known before the deployment; `level` is then
    the policy's own.
    """

    policy: str
    level: Level
    resource: str
    message: str
    skipped: bool = False


def configured(
    policies: Mapping[str, Policy], values: Mapping[str, Any]
) -> tuple[dict[str, Policy], analyzer_pb2.ConfigureAnalyzerRequest]:
    """The policies at their levels, and what the pack is told, by a `--policy-pack-config` file.

    A value is a level, or an object with `enforcementLevel` and properties, which the policy's schema must
    allow; `all` has a level for every policy. Raises `InvalidPolicyConfigError`.
    """
    if unknown := sorted(values.keys() - policies.keys() - {"all"}):
        raise InvalidPolicyConfigError(f"the pack has no policy {', '.join(unknown)}")
    everywhere, rest = _split("all", values.get("all"))
    if rest:
        raise InvalidPolicyConfigError(
            f"all: only a level is for all policies, not {', '.join(sorted(rest))}"
        )
    at_level: dict[str, Policy] = {}
    request = analyzer_pb2.ConfigureAnalyzerRequest()
    for name, policy in policies.items():
        own, given = _split(name, values.get(name))
        at_level[name] = replace(policy, level=own or everywhere or policy.level)
        request.policyConfig[name].enforcementLevel = at_level[name].level.wire
        json_format.ParseDict(_properties(policy, given), request.policyConfig[name].properties)
    return at_level, request


def _split(name: str, value: Any) -> tuple[Level | None, dict[str, Any]]:
    """The level and the properties of one entry."""
    properties = {"enforcementLevel": value} if isinstance(value, str) else dict(value or {})
    level = properties.pop("enforcementLevel", None)
    try:
        return None if level is None else Level(level), properties
    except ValueError:
        raise InvalidPolicyConfigError(f"{name}: there is no level {level!r}") from None


def _properties(policy: Policy, given: Mapping[str, Any]) -> dict[str, Any]:
    """The schema's defaults, and what is given over them."""
    defaults = {name: each["default"] for name, each in policy.schema.items() if "default" in each}
    properties = {**defaults, **given}
    schema = {
        "type": "object",
        "properties": dict(policy.schema),
        "required": list(policy.required),
        "additionalProperties": False,  # a misspelt one would be a threshold that nobody has set
    }
    try:
        jsonschema.validate(properties, schema)
    except jsonschema.ValidationError as error:
        raise InvalidPolicyConfigError(f"{policy.name}: {error.json_path} {error.message}") from None
    return properties
