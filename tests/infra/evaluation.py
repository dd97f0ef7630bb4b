"""IAM's decision on a call, after its documented logic: a refusal wins, and what nobody allows is refused.

It knows the operators that our documents use, and no others: an unknown one is an error, not a match.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

Context = Mapping[str, str]


def allowed(
    statements: Iterable[Mapping[str, Any]], action: str, resource: str, context: Context | None = None
) -> bool:
    """Whether the statements together allow `action` on `resource`. `context`: condition keys of the call."""
    applying = [each for each in statements if _applies(each, action, resource, context or {})]
    effects = {each["Effect"] for each in applying}
    return effects == {"Allow"}


def fits(pattern: str, text: str) -> bool:
    """IAM's wildcards: `*` for any text, `?` for one character. Nothing else is special."""
    wild = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(wild, text, re.DOTALL) is not None


def _applies(statement: Mapping[str, Any], action: str, resource: str, context: Context) -> bool:
    return (
        _named(statement, "Action", action.lower(), lower=True)
        and _named(statement, "Resource", resource)
        and _conditions_hold(statement.get("Condition", {}), context)
    )


def _named(statement: Mapping[str, Any], element: str, text: str, *, lower: bool = False) -> bool:
    negated = f"Not{element}" in statement
    patterns = _many(statement[f"Not{element}" if negated else element])
    found = any(fits(pattern.lower() if lower else pattern, text) for pattern in patterns)
    return found != negated


def _conditions_hold(conditions: Mapping[str, Mapping[str, Any]], context: Context) -> bool:
    return all(
        _holds(operator, context.get(key), _many(expected))
        for operator, keys in conditions.items()
        for key, expected in keys.items()
    )


def _holds(operator: str, actual: str | None, expected: list[str]) -> bool:
    match operator:
        case "StringEquals":
            return actual in expected
        case "StringNotEquals":
            return actual not in expected
        case "ArnLike" | "StringLike":
            return actual is not None and any(fits(pattern, actual) for pattern in expected)
        case "Null":
            return (actual is None) == (expected == ["true"])
        case "ForAllValues:StringEquals":
            return actual is None or actual in expected
    raise AssertionError(f"no rule for {operator}")


def _many(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
