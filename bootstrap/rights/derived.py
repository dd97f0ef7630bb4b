"""What deploying and previewing are allowed: the calls of all types of resources that a stage consists of."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bootstrap.calls.arns import patterns, texts
from bootstrap.calls.calls import ANY, OPERATIONS, Calls
from infra.stage import Stage
from infra.statements import Statement, allow

Table = Mapping[str, Sequence[Calls]]
Bound = tuple[str, tuple[str, ...]]


@dataclass(frozen=True)
class Allowed:
    """One action on one pattern of resources. `bound`: a condition key with the values that it may have."""

    action: str
    pattern: str
    bound: Bound | None = None

    @property
    def service(self) -> str:
        """By its IAM prefix."""
        return self.action.partition(":")[0]


def reading(table: Table, stage: Stage) -> list[Statement]:
    """The reads of all types."""
    return _statements(_allowed(table, stage, ("read",)))


def writing(table: Table, stage: Stage) -> list[Statement]:
    """All that makes, changes and removes the resources of all types."""
    writes = [operation for operation in OPERATIONS if operation != "read"]
    return _statements(_allowed(table, stage, writes))


def _allowed(table: Table, stage: Stage, operations: Sequence[str]) -> set[Allowed]:
    """Each action on each pattern once, with all values that its condition key may have together."""
    values: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for calls in (each for several in table.values() for each in several):
        for operation in operations:
            for action in calls.of(operation):
                for pattern in _on(calls, operation, stage):
                    for key, accepted in _carried(calls, stage):
                        values[action, pattern, key] |= accepted
    return {
        Allowed(action, pattern, (key, tuple(sorted(accepted))) if key else None)
        for (action, pattern, key), accepted in values.items()
        if pattern == ANY or (action, ANY, key) not in values
    }


def _on(calls: Calls, operation: str, stage: Stage) -> list[str]:
    anywhere = operation == "read" and not calls.reads_bound
    return [ANY] if anywhere else patterns(calls.resource, calls.service, stage)


def _carried(calls: Calls, stage: Stage) -> Iterator[tuple[str, set[str]]]:
    if not calls.carrying:
        yield "", set()
    for key, template in calls.carrying.items():
        yield key, set(texts(template, stage))


def _statements(allowed: Iterable[Allowed]) -> list[Statement]:
    """As few as possible: actions of a service that are allowed on the same, together."""
    resources: dict[tuple[str, Bound | None], set[str]] = defaultdict(set)
    for each in allowed:
        resources[each.action, each.bound].add(each.pattern)
    actions: dict[tuple[str, frozenset[str], Bound | None], list[str]] = defaultdict(list)
    for (action, bound), on in resources.items():
        actions[action.partition(":")[0], frozenset(on), bound].append(action)
    return [
        allow(together, ANY if on == {ANY} else sorted(on), _condition(bound))
        for (_, on, bound), together in actions.items()
    ]


def _condition(bound: Bound | None) -> Mapping[str, Mapping[str, list[str]]] | None:
    if bound is None:
        return None
    key, accepted = bound
    operator = "ArnLike" if any("*" in value for value in accepted) else "StringEquals"
    return {operator: {key: list(accepted)}}
