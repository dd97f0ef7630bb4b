"""The programs that have settings, and where these are described."""

import inspect
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

from bootstrap import settings as bootstrap
from infra import settings as infra
from infra.settings.reading import StackFile
from security import settings as security
from security.delegation import settings as delegation

NOT_IN_THE_FILE = {"stack", "root"}


@dataclass(frozen=True)
class Program:
    """`kind`: the class of its settings; `schema`: the JSON Schema of its stack files."""

    project: str
    kind: type[StackFile]
    stack_file: str
    schema: Path

    @property
    def description(self) -> str:
        """What the class says of itself and of the keys."""
        return inspect.getdoc(self.kind) or ""

    @property
    def keys(self) -> Mapping[str, Field[Any]]:
        """The keys of a stack file, without the project's name."""
        return {each.name: each for each in fields(self.kind) if each.name not in NOT_IN_THE_FILE}

    @property
    def kinds(self) -> Mapping[str, Any]:
        """What each key takes."""
        hints = get_type_hints(self.kind, include_extras=True)
        return {key: hints[key] for key in self.keys}


def required(key: Field[Any]) -> bool:
    """Whether a stack file must have it."""
    return key.default is MISSING and key.default_factory is MISSING


PROGRAMS = (
    Program(infra.PROJECT, infra.Settings, "Pulumi.<stack>.yaml", Path("infra/stack.schema.json")),
    Program(
        bootstrap.PROJECT,
        bootstrap.AccountSettings,
        "bootstrap/Pulumi.<stack>.yaml",
        Path("bootstrap/stack.schema.json"),
    ),
    Program(
        security.PROJECT,
        security.SecuritySettings,
        "security/Pulumi.<stack>.yaml",
        Path("security/stack.schema.json"),
    ),
    Program(
        delegation.PROJECT,
        delegation.DelegationSettings,
        "security/delegation/Pulumi.<stack>.yaml",
        Path("security/delegation/stack.schema.json"),
    ),
)
