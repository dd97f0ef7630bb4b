"""Pulumi.yaml and Pulumi.<stack>.yaml, flattened to what the SDK receives from the CLI."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from engine.errors import ConfigurationError


@dataclass(frozen=True)
class Configuration:
    """`program` is the folder that holds `__main__.py`; `values` has qualified keys (`project:key`)."""

    project: str
    stack: str
    program: Path
    values: Mapping[str, str]

    def disabled_default_providers(self) -> frozenset[str]:
        """Packages (or `*`) whose resources must name their provider."""
        return frozenset(json.loads(self.values.get("pulumi:disable-default-providers", "[]")))


def load(root: Path, stack: str, overrides: Mapping[str, str]) -> Configuration:
    """Read both files; `overrides` win, as `pulumi config set` would make them.

    Raises `ConfigurationError` for a missing file, or a `secure` value that no override replaces: only
    the stack's own secrets provider can open it.
    """
    project_file = _mapping(root / "Pulumi.yaml")
    stack_file = _mapping(root / f"Pulumi.{stack}.yaml")
    project = project_file["name"]
    values = dict(overrides)
    for key, value in (stack_file.get("config") or {}).items():
        qualified = _qualified(project, key)
        if qualified in values:
            continue
        if isinstance(value, dict) and set(value) == {"secure"}:
            raise ConfigurationError(f"Pulumi.{stack}.yaml: {qualified} is encrypted and has no override")
        values[qualified] = _text(value)
    for key, value in (project_file.get("config") or {}).items():
        if isinstance(value, dict) and "default" in value:
            values.setdefault(_qualified(project, key), _text(value["default"]))
    program = (root / project_file.get("main", ".")).resolve()
    return Configuration(project, stack, program, values)


def _mapping(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(f"{path.name} not found in {path.parent}") from None
    except yaml.YAMLError as error:
        raise ConfigurationError(f"{path.name} is not YAML: {error}") from error
    if not isinstance(content, dict):
        raise ConfigurationError(f"{path.name} must be a mapping")
    return content


def _qualified(project: str, key: str) -> str:
    return key if ":" in key else f"{project}:{key}"


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
