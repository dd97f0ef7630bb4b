"""What may be wrong in an account, one difference each: the check that must notice, and what it says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.unit.verification.cloud import Answer, Cloud
from tests.unit.verification.declared import NOW

LONG_AGO = NOW - timedelta(days=400)


@dataclass(frozen=True)
class Difference:
    """`check` as "topic: name". `change` takes the right answer to `call` and returns the wrong one."""

    check: str
    call: str
    change: Callable[[dict[str, Any]], dict[str, Any]]
    says: str

    def make(self, cloud: Cloud) -> None:
        right: Answer = cloud.answers[self.call]

        def wrong(asked: Mapping[str, Any]) -> Mapping[str, Any]:
            return self.change(dict(right(asked)))

        cloud.answers[self.call] = wrong


def given(**members: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The answer with other members."""
    return lambda answer: {**answer, **members}


def within(member: str, **members: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The answer with other members in one of its members, or in all entries if that is a list."""

    def change(answer: dict[str, Any]) -> dict[str, Any]:
        inside = answer[member]
        if isinstance(inside, list):
            return {**answer, member: [{**each, **members} for each in inside]}
        return {**answer, member: {**inside, **members}}

    return change


def without(member: str, *names: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The answer whose member lacks these names."""

    def change(answer: dict[str, Any]) -> dict[str, Any]:
        inside = answer[member]
        kept = (
            [{k: v for k, v in each.items() if k not in names} for each in inside]
            if isinstance(inside, list)
            else {k: v for k, v in inside.items() if k not in names}
        )
        return {**answer, member: kept}

    return change


def more(member: str, entry: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The answer with an entry more in one of its lists."""
    return lambda answer: {**answer, member: [*answer[member], entry]}


def unguarded(answer: dict[str, Any]) -> dict[str, Any]:
    methods = {"GET": {"authorizationType": "NONE", "apiKeyRequired": False}}
    return {
        "items": [
            i | ({"resourceMethods": methods} if i["path"] == "/v1/audits" else {}) for i in answer["items"]
        ]
    }
