"""What each function may do, and who uses it, as a Markdown page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from infra.access import FUNCTIONS
from ops.iam.comparison import Measured
from ops.iam.evidence import ENCRYPTION_CONTEXT_KEYS
from ops.iam.grants import Grant
from ops.iam.provisioning_report import provisioning
from ops.iam.refusals import RULES, Rule

HEADING = """# What the functions may do, and whoever deploys them

Everything that the role of each function allows in the stack `{stack}`, and who uses it: a number is of calls
that the function made in one run of the end-to-end tests, with its role's policy in force, and where it makes
none it says what AWS itself does in the role's name. Written by `tollgate iam report`, and checked by the
tests: don't edit it.

`-*` stands for each of several resources of one kind. What roles must refuse stands
[after them](#what-is-refused), and then what [deploying](#what-deploying-needs) is allowed.
"""
REFUSED = """
## What is refused

Nobody but those named may do this; the laptop cloud is asked for all of it in each function's name by
`tests/e2e/test_refusals.py`, and a real account by `tollgate iam simulate`.

| Call | On | But | Why |
|---|---|---|---|"""


def report(stack: str, measured: Sequence[Measured]) -> str:
    """The page."""
    lines = [HEADING.format(stack=stack)]
    for function in FUNCTIONS:
        lines += [
            f"## {function.capitalize()}\n",
            "| Action | Resource | If | Used by |",
            "|---|---|---|---|",
        ]
        lines += _rows([each for each in measured if each.grant.function == function])
        lines.append("")
    lines = [*lines[:-1], REFUSED, *map(_refused, RULES), *provisioning()]
    return "\n".join(lines) + "\n"


def _rows(measured: Sequence[Measured]) -> Iterator[str]:
    ordered = sorted(measured, key=_shown)
    for shown, group in groupby(ordered, key=_shown):
        used = next(group)
        yield f"| {' | '.join(shown)} | {_used(used)} |"


def _shown(measured: Measured) -> tuple[str, str, str]:
    grant = measured.grant
    return f"`{grant.action}`", f"`{grant.resource}`", _condition(grant)


def _condition(grant: Grant) -> str:
    if grant.through:
        return f"through {grant.through}"
    keys = {key: value for expected in grant.condition.values() for key, value in expected.items()}
    if ENCRYPTION_CONTEXT_KEYS in keys:
        return f"encryption context {', '.join(keys[ENCRYPTION_CONTEXT_KEYS])} only"
    return ", ".join(f"`{key}`" for key in sorted(keys)) or "-"


def _used(measured: Measured) -> str:
    if measured.count:
        return f"{measured.count} calls" if measured.count > 1 else "1 call"
    return f"AWS: {measured.reason}" if measured.reason else "**nobody**"


def _refused(rule: Rule) -> str:
    actions, resources = (", ".join(f"`{each}`" for each in many) for many in (rule.actions, rule.resources))
    keys = rule.context.get(ENCRYPTION_CONTEXT_KEYS, ())
    context = f" (encryption context {', '.join(keys)})" if keys else ""
    return f"| {actions}{context} | {resources} | {', '.join(rule.but) or 'nobody'} | {rule.reason} |"
