"""IAM's decision on a call, after its documented logic: a refusal wins, and what nobody allows is refused.

It knows the operators that our documents use, and no others: an unknown one is an error, not a match. A
statement's principal isn't looked at.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

Context = Mapping[str, str | Sequence[str]]
"""Condition keys with the value, or the values, that a call has for them."""


class UnknownOperatorError(Exception):
    """A condition's operator for which there is no rule here."""


def allowed(
    statements: Iterable[Mapping[str, Any]], action: str, resource: str, context: Context | None = None
) -> bool:
    """Whether the statements together allow `action` on `resource`. Raises UnknownOperatorError."""
    applying = [each for each in statements if _applies(each, action, resource, context or {})]
    effects = {each["Effect"] for each in applying}
    return effects == {"Allow"}


def fits(pattern: str, text: str) -> bool:
    """IAM's wildcards: `*` for any text, `?` for one character. Nothing else is special."""
    return _wild(pattern).fullmatch(text) is not None


@cache
def _wild(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)


def conditions_hold(conditions: Mapping[str, Mapping[str, Any]], context: Context) -> bool:
    """Whether a statement with these conditions speaks of a call with this context."""
    return all(
        _holds(operator, many(context.get(key, ())), many(expected))
        for operator, keys in conditions.items()
        for key, expected in keys.items()
    )


def many(value: str | Sequence[str]) -> Sequence[str]:
    """What a policy or a call has one or several of."""
    return [value] if isinstance(value, str) else value


def _applies(statement: Mapping[str, Any], action: str, resource: str, context: Context) -> bool:
    return (
        _named(statement, "Action", action.lower(), lower=True)
        and _named(statement, "Resource", resource)
        and conditions_hold(statement.get("Condition", {}), context)
    )


def _named(statement: Mapping[str, Any], element: str, text: str, *, lower: bool = False) -> bool:
    negated = f"Not{element}" in statement
    patterns = many(statement[f"Not{element}" if negated else element])
    found = any(fits(pattern.lower() if lower else pattern, text) for pattern in patterns)
    return found != negated


def _holds(operator: str, actual: Sequence[str], expected: Sequence[str]) -> bool:
    match operator:
        case "StringEquals" | "Bool":
            return any(each in expected for each in actual)
        case "StringNotEquals":
            return not any(each in expected for each in actual)
        case "ArnLike" | "ArnEquals" | "StringLike":
            return any(fits(pattern, each) for pattern in expected for each in actual)
        case "Null":
            return (not actual) == (list(expected) == ["true"])
        case "ForAllValues:StringEquals":
            return all(each in expected for each in actual)
    raise UnknownOperatorError(operator)
