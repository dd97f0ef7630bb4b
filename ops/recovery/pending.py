"""What a deployment had begun, and didn't hear the end of: the state's pending operations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Pending:
    """A resource that was being created. `inputs` are what its program gave it, in Pulumi's names.

    `known` are the ids of its type that the state has.
    """

    urn: str
    type: str
    inputs: Mapping[str, Any]
    known: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """Its name in the program."""
        return self.urn.rpartition("::")[2]


def pending(exported: Mapping[str, Any]) -> list[Pending]:
    """The creations under way in what `pulumi stack export` says.

    Updates, deletions and reads aren't among them: the id is in the state, and a refresh looks for itself.
    """
    deployment = exported["deployment"]
    return [
        Pending(
            urn=each["resource"]["urn"],
            type=each["resource"]["type"],
            inputs=each["resource"].get("inputs") or {},
            known=frozenset(
                other["id"]
                for other in deployment.get("resources") or ()
                if other["type"] == each["resource"]["type"] and other.get("id")
            ),
        )
        for each in deployment.get("pending_operations") or ()
        if each["type"] == "creating"
    ]
