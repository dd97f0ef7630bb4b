"""The same list of calls, allowed and refused, for IAM's own policy simulator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from botocore.client import BaseClient

from engine import Graph
from ops.iam.evaluation import Context
from ops.iam.grants import Grant, grants
from ops.iam.names import Names
from ops.iam.real_arns import RealArns
from ops.iam.refusals import refusals

ACTIONS_AT_ONCE = 25
ALLOWED = "allowed"
# Its resources have ids that no name of ours leads to. Lambda makes no function that lacks these rights.
NOT_SIMULATED = "ec2:"


@dataclass(frozen=True)
class Case:
    """One call of a function's role, and whether IAM should allow it. `name`: of the resource (`Names`)."""

    function: str
    action: str
    name: str
    arn: str
    allowed: bool
    context: Context = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """`decision`: in IAM's words (`allowed`, `implicitDeny`, `explicitDeny`)."""

    case: Case
    decision: str

    @property
    def right(self) -> bool:
        """Whether IAM decides as it should."""
        return (self.decision == ALLOWED) == self.case.allowed


def cases(graph: Graph, arns: RealArns) -> list[Case]:
    """All that a stack's functions must be allowed, then all that they must be refused."""
    names = Names.of_graph(graph)
    wanted = [each for each in grants(graph) if not each.action.startswith(NOT_SIMULATED)]
    return [
        *(
            Case(each.function, each.action, each.name, arns.of(each.name, each.arn), True, _context(each))
            for each in wanted
        ),
        *(
            Case(
                each.function,
                each.action,
                each.name,
                arns.of(each.name, names.arn(each.name)),
                False,
                each.context,
            )
            for each in refusals(names)
        ),
    ]


def simulate(iam: BaseClient, roles: Mapping[str, str], asked: Iterable[Case]) -> Iterator[Verdict]:
    """IAM's decision on each case. `roles`: the ARN of each function's role. Raises botocore's errors.

    One request is about one resource and one context, so that each action in it has one decision.
    """
    paginator = iam.get_paginator("simulate_principal_policy")
    for _, group in groupby(sorted(asked, key=_request), key=_request):
        for batch in _batches(list(group)):
            pages = paginator.paginate(
                PolicySourceArn=roles[batch[0].function],
                ActionNames=[case.action for case in batch],
                ResourceArns=[batch[0].arn],
                ContextEntries=[_entry(key, value) for key, value in sorted(batch[0].context.items())],
            )
            decisions = {
                result["EvalActionName"]: result["EvalDecision"]
                for page in pages
                for result in page["EvaluationResults"]
            }
            yield from (Verdict(case, decisions[case.action]) for case in batch)


def _request(case: Case) -> tuple[str, str, str]:
    """What cases that are asked for together have in common."""
    return case.function, case.arn, repr(sorted(case.context.items()))


def _batches(group: Sequence[Case]) -> Iterator[Sequence[Case]]:
    return (group[start : start + ACTIONS_AT_ONCE] for start in range(0, len(group), ACTIONS_AT_ONCE))


def _context(grant: Grant) -> Context:
    """A context in which the grant's condition holds."""
    return {key: value for expected in grant.condition.values() for key, value in expected.items()}


def _entry(key: str, value: str | Sequence[str]) -> Mapping[str, Any]:
    if isinstance(value, str):
        return {"ContextKeyName": key, "ContextKeyType": "string", "ContextKeyValues": [value]}
    return {"ContextKeyName": key, "ContextKeyType": "stringList", "ContextKeyValues": list(value)}
