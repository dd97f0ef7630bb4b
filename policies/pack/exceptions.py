"""Exceptions from a policy: for which resource, why, who answers for it, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

SCHEMA = {
    "type": "array",
    "default": [],
    "description": "Resources that the policy doesn't hold for, each until a day.",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["resource", "reason", "owner", "expires"],
        "properties": {
            "resource": {"type": "string", "minLength": 1, "description": "A URN; `*` stands for any text."},
            "reason": {"type": "string", "minLength": 1},
            "owner": {"type": "string", "minLength": 1},
            "expires": {
                "type": "string",
                "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                "description": "The last day, in UTC.",
            },
        },
    },
}


@dataclass(frozen=True)
class Exemption:
    """One exception, in force until the end of `expires` (UTC)."""

    resource: str
    reason: str
    owner: str
    expires: date

    @classmethod
    def read(cls, values: Iterable[Mapping[str, Any]]) -> list[Exemption]:
        """Raises ValueError for a day that doesn't exist."""
        return [
            cls(each["resource"], each["reason"], each["owner"], date.fromisoformat(each["expires"]))
            for each in values
        ]

    def covers(self, urn: str, today: date) -> bool:
        return not self.expired(today) and fnmatchcase(urn, self.resource)

    def expired(self, today: date) -> bool:
        return today > self.expires

    def complaint(self) -> str:
        """What is said of an expired one."""
        return (
            f"the exception for {self.resource} expired on {self.expires} (owner: {self.owner}, reason: "
            f"{self.reason}): remove it, or have it approved again"
        )
