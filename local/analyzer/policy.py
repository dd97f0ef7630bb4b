"""What a pack says about its policies, and how a user's configuration changes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """`resource`: a URN, empty where the stack as a whole is meant. `skipped`: nothing was checked, because a
    value isn't known before the deployment."""

    policy: str
    level: Level
    resource: str
    message: str
    skipped: bool = False


def configured(
    policies: Mapping[str, Policy], values: Mapping[str, Any]
) -> analyzer_pb2.ConfigureAnalyzerRequest:
    """The values of a `--policy-pack-config` file, merged and checked as the CLI does.

    A value is a level, or an object with `enforcementLevel` and properties; `all` stands for every policy.
    Raises `InvalidPolicyConfigError`.
    """
    if unknown := sorted(values.keys() - policies.keys() - {"all"}):
        raise InvalidPolicyConfigError(f"the pack has no policy {', '.join(unknown)}")
    request = analyzer_pb2.ConfigureAnalyzerRequest()
    for policy in policies.values():
        level, properties = _merged(policy, [values.get("all"), values.get(policy.name)])
        request.policyConfig[policy.name].enforcementLevel = level.wire
        json_format.ParseDict(properties, request.policyConfig[policy.name].properties)
    return request


def _merged(policy: Policy, sources: list[Any]) -> tuple[Level, dict[str, Any]]:
    properties = {name: each["default"] for name, each in policy.schema.items() if "default" in each}
    level = policy.level
    for source in sources:
        given = {"enforcementLevel": source} if isinstance(source, str) else dict(source or {})
        level = _level(policy, given.pop("enforcementLevel", level))
        properties |= given
    schema = {"type": "object", "properties": dict(policy.schema), "required": list(policy.required)}
    try:
        jsonschema.validate(properties, schema)
    except jsonschema.ValidationError as error:
        raise InvalidPolicyConfigError(f"{policy.name}: {error.json_path} {error.message}") from None
    return level, properties


def _level(policy: Policy, value: str) -> Level:
    try:
        return Level(value)
    except ValueError:
        raise InvalidPolicyConfigError(f"{policy.name}: there is no level {value!r}") from None
