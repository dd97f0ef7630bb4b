"""The controls matrix as a Markdown page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import PurePosixPath

from ops.controls.matrix import Control
from ops.controls.requirement import STANDARD, VERSION

GROUPS = {
    1: "Network controls",
    2: "Safe configuration",
    3: "Stored card data",
    4: "Card data on its way",
    5: "Malware",
    6: "Software and changes",
    7: "Access by need",
    8: "Identities",
    9: "Physical access",
    10: "Logs",
    11: "Testing security",
    12: "Organization",
}
HEADING = """<!-- Written by `tollgate controls`, and checked by the tests: don't edit it. -->
# Controls

What in this project serves which requirement of {standard} {version}, and what no software does.
Requirements are told in our own short words, at their second level, and deeper where a policy or a rule is
for them; the standard's text counts.

This is no assessment. That a requirement has controls doesn't say that it is met: an assessor judges that, of
an organization and of accounts that run. No such account has been looked at: see [Assurance](assurance.md).

- Where: what builds it.
- Policies: they refuse a program without it before it is deployed (`tollgate policy check`).
  [Each has its page](policies/README.md), and its tests in `tests/policies/topics`.
- AWS Config rules: AWS looks whether an account obeys; here it is only tested that they are asked for
  (`tests/infra/test_config_rules.py`).
- Tests: those that say it most plainly. There are more.
- People or an account: what remains when all of that is in place. If nothing stands there, there is still
  the account, on which nothing was ever tried.

{counts}

For providers with many customers Appendix A1 comes on top; it isn't here. `tollgate evidence` puts the matrix
into [a bundle](evidence.md) with the results of a check.
"""


def page(controls: Sequence[Control]) -> str:
    """The page."""
    lines = [HEADING.format(standard=STANDARD, version=VERSION, counts=_counts(controls))]
    for group, members in groupby(controls, key=lambda each: each.requirement.group):
        lines += [f"## {group}. {GROUPS[group]}\n", *_table(list(members)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _counts(controls: Sequence[Control]) -> str:
    policies = {name for each in controls for name in each.policies}
    rules = {identifier for each in controls for identifier in each.rules}
    people = sum(bool(each.requirement.people) for each in controls)
    alone = sum(not each.technical for each in controls)
    return (
        f"{len(controls)} requirements, {len(policies)} policies, {len(rules)} rules. {people} requirements"
        f" need people or an account beside what is here; for {alone} of them nothing is here."
    )


def _table(controls: Sequence[Control]) -> Iterator[str]:
    yield "| No. | Asks | Where | Policies | AWS Config rules | Tests | People or an account |"
    yield "|---|---|---|---|---|---|---|"
    for control in controls:
        said = control.requirement
        cells = (
            said.number,
            said.asks,
            _listed(_link(_short(path), path) for path in said.files),
            _listed(f"[{name}](policies/{name}.md)" for name in control.policies),
            _listed(f"`{identifier}`" for identifier in control.rules),
            _listed(_test(reference) for reference in said.tests),
            said.people or "-",
        )
        yield f"| {' | '.join(cells)} |"


def _test(reference: str) -> str:
    path, _, name = reference.partition("::")
    return _link(f"{path.removeprefix('tests/')}::{name}", path)


def _short(path: str) -> str:
    """The last two steps of a path: enough to know it by."""
    return "/".join(PurePosixPath(path).parts[-2:])


def _link(text: str, path: str) -> str:
    return f"[{text}](../{path})"


def _listed(cells: Iterator[str]) -> str:
    return "<br>".join(cells) or "-"
