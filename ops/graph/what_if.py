"""A stack with other settings than its file has: to see what they would change."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from engine import DeploymentError
from engine.configuration import load
from onboarding.failure import Failure

PREFIX = "tollgate:"


def overridden(stack: str, root: Path, changes: Sequence[str]) -> dict[str, str]:
    """The stack's configuration values that `changes` touch, as they would be with them.

    A change is `network.firewall=dns`: a key's path without its prefix, and a value in YAML. Raises `Failure`
    for one of another form, or whose path leads through something that isn't a section.
    """
    try:
        values = dict(load(root, stack, {}).values) if changes else {}
    except DeploymentError as error:
        raise Failure(f"The settings of '{stack}' can't be read: {error}", "Name another stack.") from error
    changed: dict[str, Any] = {}
    for change in changes:
        path, given, value = change.partition("=")
        key, *within = path.split(".")
        if not given or not key:
            raise _misread(change)
        name = f"{PREFIX}{key}"
        section = changed.get(name, json.loads(values.get(name, "{}")) if within else None)
        changed[name] = _put(section, within, yaml.safe_load(value), change)
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in changed.items()}


def _put(section: Any, path: Sequence[str], value: Any, change: str) -> Any:
    if not path:
        return value
    if not isinstance(section, dict):
        raise _misread(change)
    first, *rest = path
    return {**section, first: _put(section.get(first, {}), rest, value, change)}


def _misread(change: str) -> Failure:
    return Failure(
        f"`{change}` is no setting with a value.",
        "Give one as its path and value: --set network.firewall=network (docs/settings.md has all).",
    )
