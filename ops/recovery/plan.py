"""What becomes of each creation that was under way: taken into the state, or forgotten and made again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ops.recovery.account import Account
from ops.recovery.pending import Pending
from ops.recovery.repeatable import REPEATABLE


@dataclass(frozen=True)
class Plan:
    """`imported`: URN and id of what exists. `forgotten`: URNs of what doesn't, or is made again over itself.

    `unclear`: what somebody has to look at, with its candidates; nothing is run before that.
    """

    imported: Sequence[tuple[str, str]]
    forgotten: Sequence[str]
    unclear: Sequence[tuple[Pending, Sequence[str]]]

    def taken_in(self, exported: Mapping[str, Any]) -> dict[str, Any]:
        """The state with what exists among its resources, to be read by a refresh, and the rest forgotten.

        `pulumi refresh --import-pending-creates` is there for this, and drops them instead (3.274.1).
        """
        deployment = exported["deployment"]
        ids, left, found = dict(self.imported), [], []
        for each in deployment.get("pending_operations") or ():
            urn = each["resource"]["urn"]
            if each["type"] != "creating" or urn not in {*ids, *self.forgotten}:
                left.append(each)
            elif urn in ids:
                found.append({**each["resource"], "id": ids[urn]})
        resources = [*(deployment.get("resources") or ()), *found]
        return {**exported, "deployment": {**deployment, "resources": resources, "pending_operations": left}}


def plan(pendings: Sequence[Pending], account: Account) -> Plan:
    """Looks for each of them in the account. Raises botocore's errors, or KeyError for an unknown type."""
    imported, forgotten, unclear = [], [], []
    for each in pendings:
        found = [] if each.type in REPEATABLE else account.candidates(each)
        if len(found) > 1:
            unclear.append((each, found))
        elif found:
            imported.append((each.urn, found[0]))
        else:
            forgotten.append(each.urn)
    return Plan(imported, forgotten, unclear)
