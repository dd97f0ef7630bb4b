"""What deploying needs of an AWS service, as data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infra.stage import Stage
from infra.statements import Statement, allow

ALL = ("*",)


@dataclass(frozen=True)
class Grant:
    """Operations, separated by spaces, on resources whose ARNs fit one of the patterns.

    A pattern is `*`, a whole ARN, or an ARN's resource part in the stage's account and Region. In it `NAMED`
    stands for the prefix of all the stage's names, `ACCOUNT` for its account. `condition` narrows further.
    """

    operations: str
    resources: Sequence[str] = ALL
    condition: Callable[[Stage], Mapping[str, Any]] | None = None

    def statement(self, service: str, stage: Stage) -> Statement:
        """The grant for a service, by its IAM prefix."""
        return allow(
            [f"{service}:{operation}" for operation in self.operations.split()],
            [_arn(stage, service, pattern) for pattern in self.resources],
            self.condition(stage) if self.condition else None,
        )


@dataclass(frozen=True)
class Right:
    """A service by its IAM prefix: what shows how things are set up, and what changes it.

    `reads` show no data. They are on all resources unless said otherwise: most know no narrower resource.
    """

    service: str
    reads: Grant | None
    writes: Sequence[Grant] = ()

    def reading(self, stage: Stage) -> list[Statement]:
        """The reads as statements."""
        return [self.reads.statement(self.service, stage)] if self.reads else []

    def writing(self, stage: Stage) -> list[Statement]:
        """The writes as statements."""
        return [grant.statement(self.service, stage) for grant in self.writes]


def _arn(stage: Stage, service: str, pattern: str) -> str:
    named = pattern.replace("NAMED", stage.physical("")).replace("ACCOUNT", stage.account_id)
    return named if named.startswith(("arn:", "*")) else stage.arn(service, named)
