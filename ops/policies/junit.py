"""The result of a check as JUnit's XML, which every CI shows: a test case for each policy."""

from __future__ import annotations

from collections import defaultdict
from xml.etree import ElementTree

from engine.analyzer import Level
from ops.policies.checking import Checked, Finding


def junit(checked: Checked) -> str:
    """The report. A policy that is switched off is skipped; advice is in the case's output."""
    by_policy: dict[str, list[Finding]] = defaultdict(list)
    for finding in checked.findings:
        by_policy[finding.policy.name].append(finding)
    failing = sum(any(each.fails for each in found) for found in by_policy.values())
    skipped = sum(policy.level is Level.DISABLED for policy in checked.policies.values())
    counts = {"tests": str(len(checked.policies)), "failures": str(failing), "errors": "0"}
    root = ElementTree.Element("testsuites", counts)
    suite = ElementTree.SubElement(
        root, "testsuite", {"name": f"policies.{checked.stack}", **counts, "skipped": str(skipped)}
    )
    for policy in checked.policies.values():
        case = ElementTree.SubElement(
            suite, "testcase", {"name": policy.name, "classname": f"policies.{'.'.join(policy.tags)}"}
        )
        found = by_policy[policy.name]
        if policy.level is Level.DISABLED:
            ElementTree.SubElement(case, "skipped", {"message": "switched off by the configuration"})
        elif any(each.fails for each in found):
            failure = ElementTree.SubElement(
                case, "failure", {"message": policy.description, "type": policy.severity}
            )
            failure.text = _lines(found)
        elif found:
            ElementTree.SubElement(case, "system-out").text = _lines(found)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _lines(found: list[Finding]) -> str:
    lines = [f"{each.violation.resource or 'the stack'}: {each.violation.message}" for each in found]
    return "\n".join([*lines, found[0].policy.remediation])
