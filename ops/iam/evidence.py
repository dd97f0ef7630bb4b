"""What the functions have done: the calls of a whole run of the end-to-end tests, kept with the source."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from local.aws_calls import AwsCall
from ops.iam.evaluation import Context
from ops.iam.names import Names, group_of

ENCRYPTION_CONTEXT = "kms:EncryptionContext:"
ENCRYPTION_CONTEXT_KEYS = "kms:EncryptionContextKeys"


@dataclass(frozen=True, order=True)
class Use:
    """A call that a role allowed. `resource`: as it is measured (`names.group_of`)."""

    function: str
    action: str
    resource: str
    condition_keys: tuple[str, ...]

    @property
    def context(self) -> Context:
        """Of the condition keys those whose values follow from the keys."""
        names = [key.removeprefix(ENCRYPTION_CONTEXT) for key in self.condition_keys if _in_context(key)]
        return {ENCRYPTION_CONTEXT_KEYS: names} if names else {}


Evidence = Mapping[Use, int]
"""How often each was made."""


def uses(calls: Mapping[AwsCall, int], stack: str, names: Names) -> Counter[Use]:
    """Calls in names that don't depend on the account."""
    counted: Counter[Use] = Counter()
    for call, count in calls.items():
        function = call.role.removeprefix(f"tollgate-{stack}-")
        counted[Use(function, call.action, group_of(names.of(call.resource)), call.condition_keys)] += count
    return counted


def load(path: Path) -> Evidence:
    """The evidence that was kept."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    return {
        Use(function, action, resource, tuple(keys)): count
        for function, action, resource, keys, count in rows
    }


def save(path: Path, evidence: Evidence) -> None:
    """One line a use, in a stable order."""
    rows = [json.dumps([*asdict(use).values(), count]) for use, count in sorted(evidence.items())]
    path.write_text("[\n" + ",\n".join(rows) + "\n]\n", encoding="utf-8")


def _in_context(key: str) -> bool:
    return key.startswith(ENCRYPTION_CONTEXT)
