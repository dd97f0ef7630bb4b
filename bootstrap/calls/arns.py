"""Resources of calls: written once, read as the ARN of one resource and as the pattern of all that are alike.

`rule/{name:NAMED*}` is `rule/` with the resource's own name, and in a policy `rule/tollgate-dev-*`. What
stands after the colon is what the value may be, with `|` between alternatives; `NAMED` in it is the prefix of
all the stage's names, `ACCOUNT` its account and `REGION` its Region. A field with a dot looks into an input,
one with a slash at its end takes what comes after the value's last slash. `{account}` and `{region}` are the
stage's own; `{region:*}` is where the resource is, since some are elsewhere. A text that isn't an ARN is the
last part of one.
"""

from collections.abc import Callable, Mapping
from itertools import product
from string import Formatter
from typing import Any

from infra.stage import Stage

Lookup = Callable[[str, str], list[str]]


def patterns(template: str, service: str, stage: Stage) -> list[str]:
    """The ARNs that a policy allows."""
    return texts(_whole(template, service), stage)


def texts(template: str, stage: Stage) -> list[str]:
    """All that a text with fields may be, as a policy has it."""

    def allowed(field: str, pattern: str) -> list[str]:
        if not pattern:
            return [_own(field, stage)]
        named = pattern.replace("NAMED", stage.physical("")).replace("ACCOUNT", stage.account_id)
        return named.replace("REGION", stage.region).split("|")

    return _filled(template, allowed)


def actual(template: str, service: str, stage: Stage, values: Mapping[str, Any]) -> str:
    """The ARN that one resource with these inputs and outputs is called on. Raises KeyError."""
    return text(_whole(template, service), stage, values)


def text(template: str, stage: Stage, values: Mapping[str, Any]) -> str:
    """A text with the fields of one resource. Raises KeyError for a field that it doesn't have."""

    def found(field: str, pattern: str) -> list[str]:
        if field == "region" and pattern:
            return [values.get("region") or stage.region]
        return [str(value_of(values, field)) if pattern else _own(field, stage)]

    (filled,) = _filled(template, found)
    return filled


def value_of(values: Mapping[str, Any], field: str) -> Any:
    """What stands at a path of a resource's values. Raises KeyError if nothing does."""
    found: Any = values
    for name in field.rstrip("/").split("."):
        found = found[int(name)] if isinstance(found, list) else found[name]
    return str(found).rpartition("/")[2] if field.endswith("/") else found


def _own(field: str, stage: Stage) -> str:
    return {"account": stage.account_id, "region": stage.region}[field]


def _filled(template: str, lookup: Lookup) -> list[str]:
    parts: list[list[str]] = []
    for literal, field, pattern, _ in Formatter().parse(template):
        parts.append([literal])
        if field is not None:
            parts.append(lookup(field, pattern or ""))
    return ["".join(each) for each in product(*parts)]


def _whole(template: str, service: str) -> str:
    if template == "*" or template.startswith("arn:") or ":arn:" in template.partition("}")[0]:
        return template
    return f"arn:aws:{service}:{{region}}:{{account}}:{template}"
