"""A right as data: operations of an AWS service, and on what."""

from collections.abc import Sequence
from dataclasses import dataclass

from infra.stage import Stage
from infra.statements import Statement, allow

ALL = ("*",)


@dataclass(frozen=True)
class Grant:
    """Operations, separated by spaces, on resources whose ARNs fit one of the patterns.

    A pattern is `*`, a whole ARN, or an ARN's resource part in the stage's account and Region. In it `NAMED`
    stands for the prefix of all the stage's names, `ACCOUNT` for its account.
    """

    operations: str
    resources: Sequence[str] = ALL

    def statement(self, service: str, stage: Stage) -> Statement:
        """The grant for a service, by its IAM prefix."""
        return allow(
            [f"{service}:{operation}" for operation in self.operations.split()],
            [_arn(stage, service, pattern) for pattern in self.resources],
        )


def _arn(stage: Stage, service: str, pattern: str) -> str:
    named = pattern.replace("NAMED", stage.physical("")).replace("ACCOUNT", stage.account_id)
    return named if named.startswith(("arn:", "*")) else stage.arn(service, named)
