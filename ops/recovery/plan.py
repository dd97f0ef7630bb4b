"""What becomes of each creation that was under way: taken into the state, or forgotten and made again."""

from collections.abc import Sequence
from dataclasses import dataclass

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

    def refresh(self) -> list[str]:
        """The arguments of the `pulumi refresh` that does it."""
        pairs = [argument for pair in self.imported for argument in pair]
        return [
            *(part for argument in pairs for part in ("--import-pending-creates", argument)),
            *(["--clear-pending-creates"] if self.forgotten else []),
        ]


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
