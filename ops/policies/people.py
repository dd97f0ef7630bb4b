"""The result of a check for people: a table, and a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE
from rich.markup import escape
from rich.table import Table

from engine.analyzer import Policy
from ops.policies.checking import Checked, Finding

STYLES = {"critical": "bold red", "high": "red", "medium": "yellow", "low": "dim"}


def table(checked: Checked) -> Table:
    """One row for each finding, the worst first."""
    shown = Table(
        "severity", "policy, resource", "what is wrong, and what to do", box=SIMPLE, show_lines=True
    )
    shown.columns[1].overflow = "fold"  # whoever looks a name up needs all of it
    for finding in checked.findings:
        severity = finding.policy.severity
        shown.add_row(
            f"{_colored(severity)}\n{_level(finding)}",
            f"{finding.policy.name}\n[dim]{escape(finding.resource)}[/]",
            f"{escape(finding.violation.message)}\n[dim]{escape(finding.policy.remediation)}[/]",
        )
    return shown


def summary(checked: Checked) -> str:
    """The check in a sentence."""
    failing = sum(finding.fails for finding in checked.findings)
    advice = len(checked.findings) - failing
    said = f"{checked.stack}: {checked.resources} resources, {len(checked.policies)} policies: "
    if not checked.findings:
        return said + "nothing to say."
    return said + f"{failing} mandatory violations, {advice} pieces of advice."


def listing(policies: Sequence[Policy]) -> Table:
    """All policies."""
    shown = Table("policy", "what it asks", box=SIMPLE)
    shown.columns[0].no_wrap = True
    for policy in policies:
        about = ", ".join(filter(None, (policy.severity, policy.level, policy.requirements)))
        shown.add_row(policy.name, f"{escape(policy.description)} [dim]({escape(about)})[/]")
    return shown


def _colored(severity: str) -> str:
    return f"[{STYLES[severity]}]{severity}[/]"


def _level(finding: Finding) -> str:
    return "not run" if finding.violation.skipped else str(finding.violation.level)
