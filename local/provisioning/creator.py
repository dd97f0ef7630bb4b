"""What every module of a service provides per resource type."""

from __future__ import annotations

from typing import ClassVar, Protocol, runtime_checkable

from engine import Applied
from local.provisioning.inputs import Inputs
from local.provisioning.target import Target


class Creator(Protocol):
    """Understands a resource's inputs when it is made, calls AWS only afterwards.

    `create` answers the physical id and the outputs that aren't inputs.
    """

    def __init__(self, inputs: Inputs) -> None: ...

    def create(self, target: Target) -> Applied: ...


@runtime_checkable
class Updater(Protocol):
    """A creator that can also update an existing resource of which only `updatable` inputs changed."""

    updatable: ClassVar[frozenset[str]]

    def update(self, target: Target, physical_id: str) -> Applied: ...


def tag_list(tags: dict[str, str]) -> list[dict[str, str]]:
    """Tags as most AWS APIs take them."""
    return [{"Key": key, "Value": value} for key, value in tags.items()]
