"""Reading a project's part of a stack file into a typed value, or refusing it with every reason."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any, ClassVar, Protocol, TypeVar, get_type_hints

import msgspec
import pulumi
from pulumi.runtime.config import CONFIG, get_config_env

from infra.settings.refusals import refusal


class StackFile(Protocol):
    """A dataclass with a field for each key of a stack file. A key with a default may be left out."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def contradictions(self) -> Mapping[str, str]:
        """What is wrong with values that are well-formed, each on its own: reasons by key."""
        ...


File = TypeVar("File", bound=StackFile)


class InvalidSettingsError(pulumi.RunError):
    """The stack's configuration is wrong. The message names stack, key and reason of every problem."""


def configured(project: str) -> dict[str, str]:
    """The running stack's configuration of one project, by key; structured values as JSON."""
    prefix = f"{project}:"
    values = {**get_config_env(), **CONFIG.get()}
    return {key.removeprefix(prefix): text for key, text in values.items() if key.startswith(prefix)}


def read_file(
    kind: type[File], project: str, stack: str, values: Mapping[str, str], known: Mapping[str, object]
) -> File:
    """`kind` from a stack's keys; structured values are JSON, which is Pulumi's own encoding.

    `known`: fields that don't stand in the file. Raises `InvalidSettingsError` with all problems.
    """
    written, problems = _decode(kind, values, known)
    if not problems:
        file = kind(**known, **written)
        problems = dict(file.contradictions())
        if not problems:
            return file
    lines = "".join(f"\n  {project}:{key}: {reason}" for key, reason in sorted(problems.items()))
    raise InvalidSettingsError(f"Pulumi.{stack}.yaml is not usable:{lines}")


def _decode(
    kind: type[StackFile], values: Mapping[str, str], known: Mapping[str, object]
) -> tuple[dict[str, Any], dict[str, str]]:
    """The well-formed values by key, and the reason for every other key."""
    hints = get_type_hints(kind, include_extras=True)
    keys = [field for field in fields(kind) if field.name not in known]
    required = {key.name for key in keys if key.default is MISSING and key.default_factory is MISSING}
    problems = dict.fromkeys(values.keys() - {key.name for key in keys}, "not a known setting")
    problems |= dict.fromkeys(required - values.keys(), "missing")
    written: dict[str, Any] = {}
    for key in keys:
        if key.name in values:
            value: Any = values[key.name]
            try:
                value = _parsed(value)
                written[key.name] = msgspec.convert(value, hints[key.name], strict=False)
            except msgspec.DecodeError as error:
                problems[key.name] = refusal(error, value, hints[key.name])
    return written, problems


def _parsed(text: str) -> Any:
    """Pulumi hands strings and numbers over as they are, and everything else as JSON."""
    return msgspec.json.decode(text) if text.startswith(("[", "{")) else text
