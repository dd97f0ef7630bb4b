"""In which settings one stage differs from another, and whether that was declared."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

import msgspec

from infra.settings import Settings

# What makes a stage that stage: never the same in two.
OWN = (
    "account_id",
    "assume_roles",
    "audience",
    "card_fields.certificate_arn",
    "card_fields.name",
    "card_fields.origins",
    "card_fields.zone_id",
    "edge.domain.certificate_arn",
    "edge.domain.name",
    "edge.domain.zone_id",
    "issuer",
    "network.cidr",
    "region",
    "tags",
)
NOT_IN_THE_FILE = {"stack", "root", "package"}


def undeclared(stage: Settings, last: Settings, declared: Mapping[str, str]) -> list[str]:
    """The settings that differ, and that neither are a stage's own nor declared."""
    allowed = (*OWN, *declared)
    return [path for path in _differing(stage, last) if not any(_covers(each, path) for each in allowed)]


def unfounded(stage: Settings, last: Settings, declared: Mapping[str, str]) -> list[str]:
    """Declared differences that there aren't."""
    found = list(_differing(stage, last))
    return [each for each in declared if not any(_covers(each, path) for path in found)]


def _covers(declared: str, path: str) -> bool:
    return path == declared or path.startswith(f"{declared}.")


def _differing(one: Settings, other: Settings) -> Iterator[str]:
    yield from _paths(_neutral(one), _neutral(other), "")


def _paths(one: Any, other: Any, path: str) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            yield from _paths(one.get(key), other.get(key), f"{path}.{key}" if path else key)
    elif one != other:
        yield path


def _neutral(settings: Settings) -> dict[str, Any]:
    """The settings as plain values, in words that name neither account nor Region."""
    values = {
        field.name: msgspec.to_builtins(getattr(settings, field.name), order="deterministic")
        for field in fields(settings)
        if field.name not in NOT_IN_THE_FILE
    }
    text = msgspec.json.encode(values).decode()
    return msgspec.json.decode(text.replace(settings.account_id, "<account>"))
