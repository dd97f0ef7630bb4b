"""What can't be judged before the deployment, said once.

A preview doesn't know what AWS will answer: an ARN, an id. A check that needs one waits for the deployment,
where every value is known before the resource is made.
"""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_policy import EnforcementLevel, ReportViolation, StackValidationArgs, StackValidationPolicy

NAME = "undecided"


class Undecided:
    """The checks that wait, as (policy, URN)."""

    def __init__(self) -> None:
        self._checks: set[tuple[str, str]] = set()

    def add(self, policy: str, urn: str) -> None:
        self._checks.add((policy, urn))

    def taken(self) -> set[tuple[str, str]]:
        """All so far, which are then forgotten: the deployment that follows a preview decides them."""
        taken, self._checks = self._checks, set()
        return taken


def said(undecided: Undecided) -> StackValidationPolicy:
    """One line about all checks that wait. It is the pack's last policy, and advises only."""

    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        for sentence in _sentences(undecided.taken()):
            report(sentence, None)

    return StackValidationPolicy(
        name=NAME,
        description="Checks that wait for the deployment are counted.",
        validate=validate,
        enforcement_level=EnforcementLevel.ADVISORY,
    )


def _sentences(checks: set[tuple[str, str]]) -> Iterator[str]:
    if checks:
        policies = len({policy for policy, _ in checks})
        yield (
            f"{len(checks)} checks of {policies} policies need values that only the deployment makes known; "
            "it makes them then, before the resource is made"
        )
