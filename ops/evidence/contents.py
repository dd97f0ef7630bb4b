"""What the evidence says of one stack; the same program says the same each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from engine import Graph
from engine.analyzer import Level, Policy
from ops.controls import STANDARD, VERSION, Control
from ops.graph.parts import part_of
from ops.graph.purposes import purpose
from ops.iam.comparison import insufficient, measure, unexplained
from ops.iam.evidence import Evidence
from ops.iam.grants import Grant, grants
from ops.iam.refusals import RULES
from ops.policies import Checked, Finding

Json = dict[str, Any]


@dataclass(frozen=True)
class Results:
    """What the policies found, and the configuration that they had: exceptions and thresholds."""

    checked: Checked
    configuration: Json


@dataclass(frozen=True)
class Contents:
    """`files`: JSON by file name. `failed`: what is wrong with the stack, in sentences."""

    stack: str
    files: Mapping[str, Json]
    failed: Sequence[str]


def gathered(graph: Graph, controls: Sequence[Control], results: Results, calls: Evidence) -> Contents:
    """All of it. `results`: of the policies on `graph`. `calls`: what the functions have called."""
    found = results.checked.findings
    privilege = _privilege(graph, calls)
    files = {
        "controls.json": _controls(controls),
        "policies.json": _policies(results),
        "privilege.json": privilege,
        "resources.json": _resources(graph),
    }
    failed = [
        *(f"Policy {each.policy.name}: {each.violation.message}." for each in found if each.fails),
        *(f"Nobody uses it: {each}." for each in privilege["unexplained"]),
        *(f"Nothing allows it: {each}." for each in privilege["insufficient"]),
    ]
    return Contents(graph.stack, files, failed)


def _controls(controls: Iterable[Control]) -> Json:
    return {
        "standard": STANDARD,
        "version": VERSION,
        "requirements": [
            {
                **asdict(each.requirement),
                "policies": each.policies,
                "config_rules": each.rules,
                "technical": each.technical,
            }
            for each in controls
        ],
    }


def _policies(ran: Results) -> Json:
    checked = ran.checked
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in checked.findings:
        found[finding.policy.name].append(finding)
    results = [_result(policy, found[name]) for name, policy in sorted(checked.policies.items())]
    return {
        "resources": checked.resources,
        "failed": checked.failed,
        "configuration": ran.configuration,
        "policies": results,
    }


def _result(policy: Policy, found: Sequence[Finding]) -> Json:
    return {
        "name": policy.name,
        "description": policy.description,
        "severity": policy.severity,
        "level": str(policy.level),
        "requirements": [each for each in policy.requirements.split(", ") if each],
        "result": _verdict(policy, found),
        "findings": [
            {
                "resource": each.violation.resource or None,
                "message": each.violation.message,
                "not_run": each.violation.skipped,
            }
            for each in found
        ],
    }


def _verdict(policy: Policy, found: Sequence[Finding]) -> str:
    if policy.level is Level.DISABLED:
        return "off"
    if any(each.fails for each in found):
        return "failed"
    return "advised" if found else "passed"


def _privilege(graph: Graph, calls: Evidence) -> Json:
    granted = grants(graph)
    measured = sorted(measure(granted, calls), key=lambda each: _order(each.grant))
    return {
        "grants": [
            {
                "function": each.grant.function,
                "action": each.grant.action,
                "resource": each.grant.name,
                "through": each.grant.through,
                "condition_keys": _condition_keys(each.grant),
                "calls": each.count,
                "used_by_aws": each.reason,
            }
            for each in measured
        ],
        "refused": [asdict(rule) for rule in RULES],
        "unexplained": unexplained(measured),
        "insufficient": insufficient(granted, calls),
    }


def _order(grant: Grant) -> tuple[str, ...]:
    return grant.function, grant.action, grant.name, grant.through or "", *_condition_keys(grant)


def _condition_keys(grant: Grant) -> list[str]:
    return sorted({key for expected in grant.condition.values() for key in expected})


def _resources(graph: Graph) -> Json:
    nodes = [node for node in graph.nodes.values() if node.type.startswith("aws:")]
    return {
        "resources": [
            {
                "urn": node.urn,
                "type": node.type,
                "name": node.name,
                "part": part_of(graph, node).name,
                "purpose": purpose(node),
                "protected": node.protect,
            }
            for node in sorted(nodes, key=lambda node: node.urn)
        ]
    }
