"""The result of a check as SARIF 2.1.0 (OASIS), which GitHub and other code scanners read."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from engine.analyzer import Level, Policy
from ops.policies.checking import Checked, Finding

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Level.MANDATORY: "error", Level.ADVISORY: "warning"}
# What GitHub sorts by: 9 and more is critical, 7 high, 4 medium.
SCORES = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0"}


def sarif(checked: Checked) -> str:
    """The report. A finding's place is the program's stack file, and the resource's URN within it."""
    names = list(checked.policies)
    run = {
        "tool": {
            "driver": {
                "name": "tollgate policy check",
                "rules": [_rule(policy) for policy in checked.policies.values()],
            }
        },
        "results": [_result(each, names.index(each.policy.name), checked.stack) for each in checked.findings],
        "columnKind": "utf16CodeUnits",
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(policy: Policy) -> dict[str, Any]:
    requirements = [f"PCI DSS {each}" for each in policy.requirements.split(", ") if each]
    return {
        "id": policy.name,
        "shortDescription": {"text": policy.description},
        "help": {"text": policy.remediation},
        "helpUri": policy.url,
        "defaultConfiguration": {"level": LEVELS.get(policy.level, "none")},
        "properties": {
            "security-severity": SCORES.get(policy.severity, "0.0"),
            "tags": ["security", *policy.tags, *requirements],
        },
    }


def _result(finding: Finding, index: int, stack: str) -> dict[str, Any]:
    violation = finding.violation
    identity = f"{finding.policy.name}\n{violation.resource}\n{violation.message}"
    return {
        "ruleId": finding.policy.name,
        "ruleIndex": index,
        "level": LEVELS.get(violation.level, "none"),
        "message": {"text": f"{finding.resource}: {violation.message}. {finding.policy.remediation}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": f"Pulumi.{stack}.yaml"},
                    "region": {"startLine": 1},
                },
                "logicalLocations": [{"fullyQualifiedName": violation.resource or stack, "kind": "resource"}],
            }
        ],
        "partialFingerprints": {"violation/v1": hashlib.sha256(identity.encode()).hexdigest()},
    }
