"""The calls of each type of resource, as part of the page on rights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bootstrap.calls.administration import ADMINISTRATION
from bootstrap.calls.calls import OPERATIONS, Calls
from bootstrap.calls.table import OF_A_STAGE

DEPLOYED = """
## What deploying needs

What AWS is asked for each type of resource: `tollgate-deploy` is allowed exactly this, and `tollgate-preview`
the reads (`bootstrap/calls` is the source of both). `{field:pattern}` is a value of the resource, and what a
policy has in its place; `NAMED` begins all of the stage's names. Reads are on all resources, except those
marked with a star. In a durable stage a guard refuses what can't be taken back, whatever is allowed here.
"""
ADMINISTERED = """
## What administrators need

Beside the same for roles, keys and buckets: what bootstrap/ and security/ make, and no workflow.
"""
HEAD = ["| Resource | On | Create | Read | Update | Delete |", "|---|---|---|---|---|---|"]


def provisioning() -> list[str]:
    """The lines of both sections."""
    return [DEPLOYED, *HEAD, *_rows(OF_A_STAGE), ADMINISTERED, *HEAD, *_rows(ADMINISTRATION)]


def _rows(table: Mapping[str, Sequence[Calls]]) -> Iterator[str]:
    for kind in sorted(table):
        for each in table[kind]:
            cells = [f"`{_short(kind)}`", _on(each), *(_listed(each, operation) for operation in OPERATIONS)]
            yield f"| {' | '.join(cells)} |"


def _short(kind: str) -> str:
    _, module, name = kind.split(":")
    return f"{module.partition('/')[0]}:{name}"


def _on(calls: Calls) -> str:
    conditions = [f"`{key}` = `{_escaped(value)}`" for key, value in calls.carrying.items()]
    given = [f"with `{calls.given}`"] if calls.given else []
    return ", ".join([f"`{_escaped(calls.resource)}`", *conditions, *given])


def _listed(calls: Calls, operation: str) -> str:
    actions = calls.of(operation)
    bound = "\\*" if operation == "read" and calls.reads_bound and actions else ""
    return " ".join(f"`{action}`" for action in actions) + bound or "-"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
