"""What a policy allows and none of the calls needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ops.iam.evaluation import conditions_hold, fits, many
from ops.iam.provisioning import Call


def needless(statements: Iterable[Mapping[str, Any]], calls: Iterable[Call]) -> list[str]:
    """Each action with a pattern of resources that no call is made on, and each value of a condition key."""
    made: dict[str, list[Call]] = {}
    for call in set(calls):
        made.setdefault(call.action.lower(), []).append(call)
    return sorted(
        f"{action} on {pattern}{_said(condition)}"
        for statement in statements
        if statement["Effect"] == "Allow"
        for action in many(statement["Action"])
        for pattern in many(statement["Resource"])
        for condition in _each_value(statement.get("Condition", {}))
        if not _needed(pattern, condition, made.get(action.lower(), []))
    )


def _needed(pattern: str, condition: Mapping[str, Any], calls: Sequence[Call]) -> bool:
    return any(fits(pattern, call.resource) and conditions_hold(condition, call.context) for call in calls)


def _each_value(conditions: Mapping[str, Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The condition with each of its values alone: every one must be somebody's."""
    if not conditions:
        yield {}
    for operator, keys in conditions.items():
        for key, expected in keys.items():
            for value in many(expected):
                yield {operator: {key: [value]}}


def _said(condition: Mapping[str, Any]) -> str:
    return f" if {condition}" if condition else ""
