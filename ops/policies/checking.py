"""Running the pack against what a program would make."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine import Graph
from engine.analyzer import (
    InvalidPolicyConfigError,
    Level,
    PackFailedError,
    Policy,
    Violation,
    running,
)
from onboarding.failure import Failure
from onboarding.stack_files import stack_file
from ops.graph import stack_graph
from ops.options import ROOT
from policies.pack import undecided

PACK = ROOT / "policies"
STAGES = "stages.json"
CONFIGURATIONS = Path("policies") / "config"
OTHER_PROGRAMS = ROOT / CONFIGURATIONS / "other-programs.json"
RANKS = {"critical": 0, "high": 1, "medium": 2, "low": 3}


@dataclass(frozen=True)
class Finding:
    """One violation, with the policy that it is of."""

    policy: Policy
    violation: Violation

    @property
    def fails(self) -> bool:
        """Whether the check fails by it; it does so too by a mandatory policy that couldn't be run."""
        return self.violation.level is Level.MANDATORY

    @property
    def resource(self) -> str:
        """The resource's type and name, in a reader's words."""
        if not self.violation.resource:
            return "the stack"
        _, _, types, name = self.violation.resource.split("::", 3)
        return f"{types.rpartition('$')[2].rpartition(':')[2]} {name}"


@dataclass(frozen=True)
class Checked:
    """A program's stack, held against the pack. `findings`: the worst first."""

    stack: str
    resources: int
    policies: Mapping[str, Policy]
    findings: list[Finding]

    @property
    def failed(self) -> bool:
        return any(finding.fails for finding in self.findings)


def check(stack: str, root: Path = ROOT, config: Path | None = None) -> Checked:
    """Run the program of `root` with made-up ids, so that every value is known, and the pack on the result.

    Without `config`, Tollgate's own program has `policies/config/<stack>.json`, its other programs have one
    of their folder's name, and another program what suits those. Raises `Failure`.
    """
    stack_file(stack, root)
    values = configuration(stack, root, config)
    return judged(stack_graph(stack, root.resolve()), values)


def judged(graph: Graph, config: Mapping[str, Any]) -> Checked:
    """The pack on a graph. Raises `Failure`."""
    try:
        with running(PACK, project=graph.project, stack=graph.stack, config=config) as pack:
            violations = pack.check(graph)
    except InvalidPolicyConfigError as error:
        raise Failure(
            f"The configuration is wrong: {error}.", "`tollgate policy docs` says what each policy takes."
        ) from error
    except PackFailedError as error:
        raise Failure(f"{error}", "That is a mistake in a policy: see CONTRIBUTING.md.") from error
    findings = [Finding(pack.policies[each.policy], each) for each in violations]
    about_resources = {name: each for name, each in pack.policies.items() if name != undecided.NAME}
    return Checked(graph.stack, len(graph.nodes), about_resources, sorted(findings, key=_order))


def configuration(stack: str, root: Path, config: Path | None) -> dict[str, Any]:
    """The values of a configuration file, the given one or that of the stack. Raises `Failure`."""
    path = config or configuration_file(stack, root)
    if config is None and not path.is_file():
        raise Failure(
            f"There is no configuration of the policies for '{stack}': {path} doesn't exist.",
            "Copy that of a stage that is alike, or have one written: `tollgate stage add --help`.",
        )
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Failure(f"{path} can't be read: {error.strerror}.", "Name an existing file.") from error
    except ValueError as error:
        raise Failure(f"{path} isn't JSON: {error}.", "Mend it, and check again.") from error


def configuration_file(stack: str, root: Path) -> Path:
    """Where it stands what the policies take for a program's stack."""
    root = root.resolve()
    # A project of ours has all configurations in one place: its own by stack, its other programs' by folder.
    project = next((folder for folder in (root, *root.parents) if (folder / STAGES).is_file()), None)
    if project is None:
        return OTHER_PROGRAMS
    return project / CONFIGURATIONS / f"{stack if project == root else root.name}.json"


def _order(finding: Finding) -> tuple[bool, int, str, str]:
    return (
        not finding.fails,
        RANKS.get(finding.policy.severity, len(RANKS)),
        finding.policy.name,
        finding.violation.resource,
    )
