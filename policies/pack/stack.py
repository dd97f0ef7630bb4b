"""The resources of a stack, and which of them name which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pulumi_policy import PolicyResource as Member
from pulumi_policy.proxy import UnknownValueError

# By what other resources name one.
NAMES = ("arn", "id", "name", "url", "bucket", "keyId", "streamArn", "executionArn", "alarmName", "family")


class Stack:
    """All resources of a stack, with their inputs and outputs."""

    def __init__(self, resources: Sequence[Member]) -> None:
        self.resources = resources
        self._by_type: Mapping[str, list[Member]] = defaultdict(list)
        for each in resources:
            self._by_type[each.resource_type].append(each)

    def of_type(self, *types: str) -> list[Member]:
        return [each for type_token in types for each in self._by_type.get(type_token, ())]

    def naming(self, types: str | Sequence[str], path: str, target: Member) -> list[Member]:
        """The resources of these types whose property `path` names the target; see `names`."""
        tokens = (types,) if isinstance(types, str) else types
        own = _identifiers(target)
        return [each for each in self.of_type(*tokens) if _names(each, path, target, own)]

    def named(self, source: Member, path: str, *types: str) -> list[Member]:
        """The resources of these types that the source's property `path` names; see `names`."""
        return [each for each in self.of_type(*types) if names(source, path, each)]


def names(source: Member, path: str, target: Member) -> bool:
    """Whether the source's property (`a.b` for one within another) is, or holds, a name of the target, or of
    something within it: a function's version, a table's index.

    While the value isn't known yet, whether the property was made from the target.
    """
    return _names(source, path, target, _identifiers(target))


def _names(source: Member, path: str, target: Member, identifiers: set[str]) -> bool:
    try:
        found = list(values_at(source.props, path))
    except UnknownValueError:
        return target in source.property_dependencies.get(path.partition(".")[0], ())
    within = tuple(f"{each}{mark}" for each in identifiers if each.startswith("arn:") for mark in ":/")
    return any(value in identifiers or value.startswith(within) for value in found)


def values_at(value: Any, path: str) -> Iterator[str]:
    """All texts at a path; lists on the way are gone through. Raises UnknownValueError."""
    if isinstance(value, str):
        if not path:
            yield value
    elif isinstance(value, Mapping):
        key, _, rest = path.partition(".")
        if path and value.get(key) is not None:
            yield from values_at(value[key], rest)
    elif isinstance(value, Sequence):
        for each in value:
            yield from values_at(each, path)


def value_at(value: Any, path: str) -> Any:
    """What is at a path (`0` is a list's first), None where nothing is. Raises UnknownValueError."""
    for key in path.split("."):
        if isinstance(value, Mapping):
            value = value.get(key)
        elif isinstance(value, Sequence) and not isinstance(value, str) and key.isdigit():
            value = value[int(key)] if int(key) < len(value) else None
        else:
            return None
    return value


def plain(value: Any) -> Any:
    """The value as plain dicts and lists. Raises UnknownValueError for anything unknown in it."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(item) for item in value]
    return value


def _identifiers(resource: Member) -> set[str]:
    return {value for key in NAMES if (value := _known(resource, key))}


def _known(resource: Member, key: str) -> str:
    try:
        value = resource.props.get(key)
    except UnknownValueError:
        return ""
    return value if isinstance(value, str) else ""
