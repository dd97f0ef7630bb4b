"""What was provisioned, by URN, so that the next run touches only what changed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from local.errors import StateUnusableError


@dataclass(frozen=True)
class ResourceState:
    """`inputs` has a digest per input; `outputs` are those that aren't inputs."""

    inputs: Mapping[str, str]
    id: str
    outputs: Mapping[str, Any]

    def changed(self, inputs: Mapping[str, str]) -> frozenset[str]:
        """The keys of the inputs that differ."""
        keys = self.inputs.keys() | inputs.keys()
        return frozenset(key for key in keys if self.inputs.get(key) != inputs.get(key))


@dataclass
class DeploymentState:
    """One deployment: its resources, what the program exported, and what it was made from.

    `generation` also lies in the emulator: where the two differ, one of them has lost something.
    """

    generation: str = ""
    program_digest: str = ""
    exports: dict[str, Any] = field(default_factory=dict)
    resources: dict[str, ResourceState] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path) -> DeploymentState:
        """The saved state, or an empty one when there is none. Raises `StateUnusableError`."""
        if not path.exists():
            return cls()
        with reading(path) as saved:
            resources = {urn: ResourceState(**resource) for urn, resource in saved.pop("resources").items()}
            return cls(**saved, resources=resources)

    def save(self, path: Path) -> None:
        """Write the file as a whole, readable by its owner only."""
        write_private(path, asdict(self))

    def find(self, urn: str) -> ResourceState | None:
        return self.resources.get(urn)

    def remember(self, urn: str, resource: ResourceState) -> None:
        self.resources[urn] = resource

    def missing(self, urns: Iterable[str]) -> list[str]:
        """The URNs of provisioned resources that are not among these."""
        return sorted(self.resources.keys() - set(urns))


@contextmanager
def reading(path: Path) -> Iterator[Any]:
    """The content of a JSON file. What is wrong with it, or turns out to be, raises `StateUnusableError`."""
    try:
        yield json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise unusable(path) from error


def unusable(path: Path) -> StateUnusableError:
    return StateUnusableError(
        f"{path} can't be read; `make clean-local` forgets the laptop cloud's state, its payments and clients"
    )


def write_private(path: Path, content: Mapping[str, Any]) -> None:
    """Replace a JSON file as a whole; only its owner can read it."""
    draft = path.with_suffix(".draft")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(content, file, indent=1)
    draft.replace(path)
