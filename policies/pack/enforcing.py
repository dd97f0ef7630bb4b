"""A declared policy as the SDK's object, which the engine runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pulumi_policy import (
    EnforcementLevel,
    PolicyComplianceFramework,
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)
from pulumi_policy.proxy import UnknownValueError

from . import clock
from .declaring import FRAMEWORK, VERSION, WHOLE_STACK, Policy, text
from .exceptions import SCHEMA, Exemption
from .stack import Stack
from .undecided import Undecided

Clock = Callable[[], date]
REASON = text("", "Why the level and the values are what they are; for readers.")


def enforced(
    policy: Policy, undecided: Undecided, today: Clock = clock.today
) -> ResourceValidationPolicy | StackValidationPolicy:
    """The policy with its exceptions, mandatory unless it says why not.

    What it can't judge yet is added to `undecided`. An expired exception excuses nothing, and is a violation
    itself, of the stack as a whole.
    """
    about: dict[str, Any] = {
        "name": policy.name,
        "description": policy.description,
        "enforcement_level": EnforcementLevel.ADVISORY if policy.advisory else EnforcementLevel.MANDATORY,
        "config_schema": PolicyConfigSchema(schema(policy)),
        "severity": policy.severity,
        "framework": _framework(policy),
        "tags": [policy.topic],
        "remediation_steps": policy.remedy,
        "url": policy.url,
    }
    if policy.relational:
        return StackValidationPolicy(validate=_relational(policy, undecided, today), **about)
    return ResourceValidationPolicy(validate=_single(policy, undecided, today), **about)


def _framework(policy: Policy) -> PolicyComplianceFramework | None:
    if not policy.pci:
        return None
    return PolicyComplianceFramework(FRAMEWORK, VERSION, specification=", ".join(policy.pci))


def schema(policy: Policy) -> dict[str, dict[str, Any]]:
    """What a configuration may say of the policy."""
    own = {name: dict(each) for name, each in policy.settings.items()}
    return {**own, "reason": dict(REASON), "exceptions": SCHEMA}


def _single(
    policy: Policy, undecided: Undecided, today: Clock
) -> Callable[[ResourceValidationArgs, ReportViolation], None]:
    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        exemptions = _exemptions(args.get_config())
        if args.resource_type == WHOLE_STACK:
            _report_expired(exemptions, today(), report)
        if not policy.concerns(args.resource_type) or _excused(args.urn, exemptions, today()):
            return
        try:
            for message in policy.check(args, **_settings(policy, args.get_config())):
                report(message, None)
        except UnknownValueError:
            undecided.add(policy.name, args.urn)

    return validate


def _relational(
    policy: Policy, undecided: Undecided, today: Clock
) -> Callable[[StackValidationArgs, ReportViolation], None]:
    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        exemptions = _exemptions(args.get_config())
        settings = _settings(policy, args.get_config())
        _report_expired(exemptions, today(), report)
        stack = Stack(args.resources)
        for resource in stack.of_type(*policy.on):
            if _excused(resource.urn, exemptions, today()):
                continue
            try:
                for message in policy.check(resource, stack=stack, **settings):
                    report(message, resource.urn)
            except UnknownValueError:
                undecided.add(policy.name, resource.urn)

    return validate


def _settings(policy: Policy, config: Mapping[str, Any]) -> dict[str, Any]:
    return {name: config.get(name, each["default"]) for name, each in policy.settings.items()}


def _exemptions(config: Mapping[str, Any]) -> list[Exemption]:
    return Exemption.read(config.get("exceptions", ()))


def _excused(urn: str, exemptions: list[Exemption], today: date) -> bool:
    return any(each.covers(urn, today) for each in exemptions)


def _report_expired(exemptions: list[Exemption], today: date, report: ReportViolation) -> None:
    for each in exemptions:
        if each.expired(today):
            report(each.complaint(), None)
