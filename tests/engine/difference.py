"""What a change of inputs means for a resource: nothing, an update, or another resource in its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.engine.answers import RETURNED
from tests.engine.replacement import LOWERED, NAMES, REPLACING

Inputs = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """Changed inputs, those of them that replace the resource, and whether the old one has to go first."""

    changed: frozenset[str]
    replacing: frozenset[str]
    deleted_first: bool


def compared(
    kind: str, old_inputs: Inputs, old: Inputs, new: Inputs, ignored: frozenset[str] = frozenset()
) -> Difference:
    """What the provider would plan. Raises `KeyError` for a type that `REPLACING` doesn't have.

    `ignored` are the inputs whose changes don't count. A replacement under the same name can't exist beside
    the old one: the bridge has it deleted first (`nameRequiresDeleteBeforeReplace` in
    pulumi-terraform-bridge, pkg/tfbridge/provider.go).
    """
    changed = {key for key in old_inputs.keys() | new.keys() if old_inputs.get(key) != new.get(key)}
    changed |= {key for key in RETURNED.get(kind, ()) if key not in new and old.get(key)}
    changed -= ignored
    lowered = {key for key in LOWERED.get(kind, ()) if _is_lower(old.get(key), new.get(key))}
    replacing = changed & ({*REPLACING[kind], "region"} | lowered)
    name = NAMES.get(kind, "name")
    same_name = name in new and name not in changed
    return Difference(frozenset(changed), frozenset(replacing), bool(replacing) and same_name)


def _is_lower(old: Any, new: Any) -> bool:
    """Whether a number of an object is less than it was."""
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return False
    return any(key in new and new[key] < old[key] for key in old)
