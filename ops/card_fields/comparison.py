"""What the card fields' origin must answer by the inventory of their release, and what differs from it.

PCI DSS 4.0.1, 11.6.1: changes of scripts and of headers that matter, as a shopper's browser gets them.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

POLICY = "Content-Security-Policy"
NOBODY = "'none'"
# No merchant has this id: its answer must be that there is no page.
STRANGER = "mer_0"
# What would weaken a page or hand something out, if it came in addition.
NEVER = (
    "access-control-allow-credentials",
    "access-control-allow-origin",
    "clear-site-data",
    "content-security-policy",
    "content-security-policy-report-only",
    "link",
    "location",
    "permissions-policy",
    "refresh",
    "service-worker-allowed",
    "set-cookie",
    "sourcemap",
)


@dataclass(frozen=True, slots=True)
class Expected:
    """`address`: path and query. `integrity` and `headers` count for an answer with a file."""

    address: str
    status: int
    integrity: str = ""
    headers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """`headers` by their names in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


def expectations(inventory: Mapping[str, Any]) -> Iterator[Expected]:
    """All that is asked for. Raises `KeyError` for what is no inventory."""
    for path, (kind, media_type, integrity) in inventory["files"].items():
        headers = {**inventory["headers"][kind], "Content-Type": media_type}
        if path != inventory["frame"]:
            yield Expected(path, 200, integrity, headers)
            yield from (
                Expected(address, 200, integrity, headers)
                for address, named in inventory["also"].items()
                if named == path
            )
            continue
        for merchant, origins in inventory["origins"].items():
            policy = headers[POLICY].removesuffix(NOBODY) + " ".join(origins)
            yield Expected(f"{path}?merchant={merchant}", 200, integrity, {**headers, POLICY: policy})
        yield Expected(f"{path}?merchant={STRANGER}", 404)


def differences(expected: Expected, answered: Answered) -> Iterator[str]:
    """What is otherwise than it should be, a sentence each."""
    if answered.status != expected.status:
        yield f"the status is {answered.status}, not {expected.status}"
        return
    if expected.headers is None:
        return
    digest = base64.b64encode(hashlib.sha384(answered.content).digest()).decode()
    if expected.integrity != f"sha384-{digest}":
        yield f"the content is sha384-{digest}, not {expected.integrity}"
    declared = {name.lower(): value for name, value in expected.headers.items()}
    for name, value in declared.items():
        if answered.headers.get(name) != value:
            yield f"{name} is {answered.headers.get(name, 'missing')}, not {value}"
    yield from (
        f"{name} is {answered.headers[name]}, not missing"
        for name in NEVER
        if name in answered.headers and name not in declared
    )
