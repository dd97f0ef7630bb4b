"""Grants compared with the calls that were made: which need which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ops.iam.evidence import Evidence, Use
from ops.iam.exercised_by_aws import reason_of
from ops.iam.grants import Grant


@dataclass(frozen=True)
class Measured:
    """`count`: recorded calls that the grant allowed. `reason`: why AWS itself needs it, if it does."""

    grant: Grant
    count: int
    reason: str | None

    @property
    def explained(self) -> bool:
        """Whether anybody uses the grant."""
        return self.count > 0 or self.reason is not None


def measure(grants: Iterable[Grant], evidence: Evidence) -> list[Measured]:
    """Each grant with its use, in the given order."""
    return [
        Measured(grant, sum(n for use, n in evidence.items() if _allowed_by(grant, use)), reason_of(grant))
        for grant in grants
    ]


def unexplained(measured: Iterable[Measured]) -> list[str]:
    """Grants that nobody uses: they should be taken away, or the drive that needs them is missing."""
    return [_named(each.grant) for each in measured if not each.explained]


def explained_twice(measured: Iterable[Measured]) -> list[str]:
    """Grants that are said to be AWS's own, and that the function uses itself: the list is wrong."""
    return [_named(each.grant) for each in measured if each.count and each.reason]


def insufficient(grants: Sequence[Grant], evidence: Evidence) -> list[str]:
    """Calls that were made and that no grant allows."""
    return [
        f"{use.function}: {use.action} on {use.resource}"
        for use in evidence
        if not any(_allowed_by(grant, use) for grant in grants)
    ]


def drift(kept: Evidence, fresh: Mapping[Use, int]) -> tuple[list[Use], list[Use]]:
    """Uses that are new, and uses that are no more. How often doesn't matter."""
    return sorted(fresh.keys() - kept.keys()), sorted(kept.keys() - fresh.keys())


def _allowed_by(grant: Grant, use: Use) -> bool:
    return grant.function == use.function and grant.covers(use.action, use.resource, use.context)


def _named(grant: Grant) -> str:
    return f"{grant.function}: {grant.action} on {grant.resource}"
