"""Registered inputs against the types that pulumi_aws ships: what the provider's schema would refuse.

Python checks the types of nested arguments nowhere at run time: a wrong one shows at the first deployment.
"""

from __future__ import annotations

import collections.abc
import importlib
import inspect
import types
import typing
from collections.abc import Iterator
from functools import cache
from typing import Any

import pulumi

# Private, and the only place that knows how a Python name is spelled on the wire. The SDK is pinned.
from pulumi._types import input_type_py_to_pulumi_names, is_input_type

from engine.graph import Graph
from engine.values import Unknown, reveal

SCALARS: dict[type, tuple[type, ...]] = {str: (str,), bool: (bool,), int: (int,), float: (int, float)}
PACKAGES = {"lambda": "lambda_"}


def misfits(graph: Graph) -> list[str]:
    """One line for each input of an AWS resource that has the wrong name or type, or is missing."""
    return [
        problem
        for node in graph.nodes.values()
        if node.custom and node.type.startswith("aws:")
        for problem in _object(_arguments(node.type), node.inputs, f"{node.type} {node.name}")
    ]


@cache
def _arguments(token: str) -> type:
    """`aws:dynamodb/table:Table` -> `TableArgs`, from the module of `pulumi_aws.dynamodb.Table`.

    It is `BucketLoggingInitArgs` where a property of another resource has a type of the plain name.
    """
    _, module, name = token.split(":")
    package = module.partition("/")[0]
    resource = getattr(importlib.import_module(f"pulumi_aws.{PACKAGES.get(package, package)}"), name)
    defined = vars(importlib.import_module(resource.__module__))
    return defined.get(f"{name}InitArgs") or defined[f"{name}Args"]


@cache
def _fields(arguments: type) -> dict[str, tuple[Any, bool]]:
    """By name on the wire: the type, and whether it is required."""
    names = input_type_py_to_pulumi_names(arguments)
    initializer: Any = arguments.__init__
    hints = typing.get_type_hints(initializer, vars(importlib.import_module(arguments.__module__)))
    return {
        names.get(name, name): (_plain(hints[name]), parameter.default is inspect.Parameter.empty)
        for name, parameter in inspect.signature(initializer).parameters.items()
        if name in hints and name != "return"
    }


def _plain(kind: Any) -> Any:
    """`Input[Optional[X]]` -> X, or a tuple when several types are allowed."""
    if typing.get_origin(kind) not in (typing.Union, types.UnionType):
        return kind
    plumbing = (collections.abc.Awaitable, pulumi.Output)
    members = [
        _plain(member)
        for member in typing.get_args(kind)
        if member is not type(None) and typing.get_origin(member) not in plumbing
    ]
    distinct = tuple(dict.fromkeys(members))
    return distinct[0] if len(distinct) == 1 else distinct


def _object(arguments: type, values: dict[str, Any], path: str) -> Iterator[str]:
    known = _fields(arguments)
    for key in values.keys() - known.keys():
        yield f"{path}.{key}: unknown"
    for key, (kind, required) in known.items():
        if values.get(key) is not None:
            yield from _value(kind, reveal(values[key]), f"{path}.{key}")
        elif required:
            yield f"{path}.{key}: missing"


def _value(kind: Any, value: Any, path: str) -> Iterator[str]:
    origin, members = typing.get_origin(kind), typing.get_args(kind)
    if value is Unknown or kind is Any:
        return
    if isinstance(kind, tuple):
        yield from min((list(_value(each, value, path)) for each in kind), key=len)
    elif origin in (list, collections.abc.Sequence):
        yield from _list(_plain(members[0]), value, path)
    elif origin in (dict, collections.abc.Mapping):
        yield from _map(_plain(members[1]), value, path)
    elif isinstance(kind, type) and is_input_type(kind):
        yield from _object(kind, value, path) if isinstance(value, dict) else [f"{path}: not an object"]
    elif kind in SCALARS and not _is_scalar(value, kind):
        yield f"{path}: {type(value).__name__} instead of {kind.__name__}"


def _is_scalar(value: Any, kind: type) -> bool:
    """A bool is an int to Python, and not to the provider."""
    return isinstance(value, SCALARS[kind]) and (kind is bool or not isinstance(value, bool))


def _list(kind: Any, value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{path}: not a list"
        return
    for index, item in enumerate(value):
        yield from _value(kind, item, f"{path}[{index}]")


def _map(kind: Any, value: Any, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path}: not a map"
        return
    for key, item in value.items():
        yield from _value(kind, item, f"{path}[{key}]")
