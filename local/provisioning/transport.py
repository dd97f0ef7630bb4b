"""Resource policies on the laptop, whose AWS APIs speak plain HTTP on 127.0.0.1."""

from __future__ import annotations

import json

TLS_ONLY = {"Bool": {"aws:SecureTransport": "false"}}


def without_tls_demand(policy: str) -> str:
    """The policy document without the statements that refuse plain HTTP; empty if there are no others."""
    document = json.loads(policy)
    kept = [statement for statement in document["Statement"] if not _demands_tls(statement)]
    return json.dumps({**document, "Statement": kept}) if kept else ""


def _demands_tls(statement: dict[str, object]) -> bool:
    return statement["Effect"] == "Deny" and statement.get("Condition") == TLS_ONLY
