"""`aws.iam.getPolicyDocument`: the document that its statements stand for, as its documentation says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

LISTS = {
    "actions": "Action",
    "notActions": "NotAction",
    "resources": "Resource",
    "notResources": "NotResource",
}
PRINCIPALS = {"principals": "Principal", "notPrincipals": "NotPrincipal"}


def policy_document(arguments: Mapping[str, Any]) -> str:
    """The document as JSON; statements of `overridePolicyDocuments` replace those with their Sid."""
    statements = [
        *_of(arguments.get("sourcePolicyDocuments") or ()),
        *(_statement(each) for each in arguments.get("statements") or ()),
    ]
    for overriding in _of(arguments.get("overridePolicyDocuments") or ()):
        sid = overriding.get("Sid")
        statements = [each for each in statements if not sid or each.get("Sid") != sid] + [overriding]
    document = {"Version": arguments.get("version") or "2012-10-17", "Statement": statements}
    if policy_id := arguments.get("policyId"):
        document = {"Id": policy_id, **document}
    return json.dumps(document)


def _of(documents: Iterable[str]) -> Iterator[dict[str, Any]]:
    for text in documents:
        stated = json.loads(text).get("Statement", [])
        yield from stated if isinstance(stated, list) else [stated]


def _statement(given: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"Effect": given.get("effect") or "Allow"}
    if sid := given.get("sid"):
        made = {"Sid": sid, **made}
    for key, name in LISTS.items():
        if values := given.get(key):
            made[name] = _one_or_all(values)
    for key, name in PRINCIPALS.items():
        if principals := given.get(key):
            made[name] = _principals(principals)
    for condition in given.get("conditions") or ():
        tests = made.setdefault("Condition", {}).setdefault(condition["test"], {})
        tests[condition["variable"]] = _one_or_all(condition["values"])
    return made


def _principals(given: Sequence[Mapping[str, Any]]) -> Any:
    if any(each["type"] == "*" for each in given):
        return "*"
    named: dict[str, list[str]] = {}
    for each in given:
        named.setdefault(each["type"], []).extend(each["identifiers"])
    return {kind: _one_or_all(identifiers) for kind, identifiers in named.items()}


def _one_or_all(values: Sequence[str]) -> Any:
    return values[0] if len(values) == 1 else list(values)
