"""What a change of inputs means for a resource: nothing, an update, or another resource in its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.engine.replacement import NAMES, REPLACING, RETURNED


@dataclass(frozen=True)
class Difference:
    """Changed inputs, those of them that replace the resource, and whether the old one has to go first."""

    changed: frozenset[str]
    replacing: frozenset[str]
    deleted_first: bool


def compared(
    kind: str, old_inputs: Mapping[str, Any], old: Mapping[str, Any], new: Mapping[str, Any]
) -> Difference:
    """What the provider would plan. Raises `KeyError` for a type that `REPLACING` doesn't have.

    A replacement under the same name can't exist beside the old one: the bridge has it deleted first
    (`nameRequiresDeleteBeforeReplace` in pulumi-terraform-bridge, pkg/tfbridge/provider.go).
    """
    changed = {key for key in old_inputs.keys() | new.keys() if old_inputs.get(key) != new.get(key)}
    changed |= {key for key in RETURNED.get(kind, ()) if key not in new and old.get(key)}
    replacing = changed & ({*REPLACING[kind], "region"})
    name = NAMES.get(kind, "name")
    same_name = name in new and name not in changed
    return Difference(frozenset(changed), frozenset(replacing), bool(replacing) and same_name)
