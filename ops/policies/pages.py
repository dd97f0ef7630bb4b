"""The policies' documentation, made of what the pack says about itself."""

from __future__ import annotations

import json
from collections.abc import Iterator

from policies.pack import POLICIES, TOPICS
from policies.pack.declaring import WHOLE_STACK, Policy
from policies.pack.enforcing import schema

INDEX = "README.md"
NOTE = "<!-- Written by `tollgate policy docs`, and checked by the tests: don't edit it. -->"
INTRODUCTION = f"""{NOTE}
# Policies

What the policy pack in `policies/` asks of a stack; a page for each policy. All are mandatory unless their
page says why not. With Pulumi's CLI:

    pulumi preview --policy-pack policies --policy-pack-config policies/config/prod.json

and without it, as CI does: `tollgate policy check --stack prod`. Another Pulumi program is checked with
`tollgate policy check --root <its folder> --stack <its stack>`: its resources may name no provider and have
no name of their own. Of what it asks AWS, names, ids and ARNs are made up, and numbers and flags are missing,
so that a policy may find fault with what is right in the account; resources that are only read (`Bucket.get`,
stack references) aren't supported. With Pulumi's CLI the pack needs a Python environment with
`pulumi-policy`, whose place `policies/PulumiPolicy.yaml` names; it needs nothing else of this project.
[How to write a policy](../../CONTRIBUTING.md#write-a-policy).
"""
EXCEPTION = {
    "resource": "urn:pulumi:prod::*::the-one",
    "reason": "why it can't be mended yet",
    "owner": "who answers for it",
    "expires": "2030-01-31",
}


def pages() -> dict[str, str]:
    """All pages by file name."""
    return {INDEX: _index(), **{f"{policy.name}.md": _page(policy) for policy in POLICIES}}


def _index() -> str:
    lines = [INTRODUCTION]
    for topic in TOPICS:
        name = topic.__name__.rpartition(".")[2]
        lines += [f"## {name.replace('_', ' ').capitalize()}\n", f"{_summary(topic.__doc__)}\n"]
        lines += ["| Policy | Severity | PCI DSS 4.0.1 | What it asks |", "|---|---|---|---|"]
        lines += [_row(each) for each in POLICIES if each.topic == name]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _row(policy: Policy) -> str:
    link = f"[{policy.name}]({policy.name}.md)"
    return f"| {link} | {policy.severity.value} | {_numbers(policy)} | {policy.description} |"


def _page(policy: Policy) -> str:
    return "\n".join(_sections(policy)).rstrip() + "\n"


def _sections(policy: Policy) -> Iterator[str]:
    yield f"{NOTE}\n# {policy.name}\n"
    yield f"{policy.description}\n"
    if policy.reason:
        yield f"{policy.reason}\n"
    yield "| | |\n|---|---|"
    yield f"| Severity | {policy.severity.value} |"
    yield f"| Level | {f'advisory: {policy.advisory}' if policy.advisory else 'mandatory'} |"
    yield f"| PCI DSS 4.0.1 | {_numbers(policy)} |"
    yield f"| Looks at | {_looks_at(policy)} |"
    yield f"| Topic | [{policy.topic.replace('_', ' ')}]({INDEX}#{policy.topic.replace('_', '-')}) |\n"
    yield f"## What to do\n\n{policy.remedy}\n\nMore: <{policy.url}>\n"
    yield "## Configuration\n"
    yield "| Name | Default | What it is |\n|---|---|---|"
    for name, each in schema(policy).items():
        yield f"| `{name}` | `{json.dumps(each['default'])}` | {each['description']} |"
    yield "\nAn exception, which excuses a resource until the end of a day (UTC) and fails after it:\n"
    example = json.dumps({policy.name: {"exceptions": [EXCEPTION]}}, indent=2)
    yield f"```json\n{example}\n```"


def _numbers(policy: Policy) -> str:
    return ", ".join(policy.pci) or "none: money safety or availability"


def _looks_at(policy: Policy) -> str:
    if policy.on == (WHOLE_STACK,):
        return "the stack as a whole"
    what = ", ".join(f"`{each}`" for each in policy.on)
    return f"{what}; with the rest of the stack" if policy.relational else what


def _summary(docstring: str | None) -> str:
    return (docstring or "").strip()
