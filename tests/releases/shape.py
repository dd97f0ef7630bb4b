"""Whether whoever reads one row can read another one, which may have more."""

from collections.abc import Iterator
from typing import Any

Item = dict[str, Any]


def unreadable(old: Item, new: Item, path: str = "") -> Iterator[str]:
    """What a reader of `old` (a DynamoDB item) misses in `new`. Members may be added, and nothing else.

    Lists of facts are read by position, so their length stays; lists of objects grow.
    """
    for name, value in old.items():
        where = f"{path}{name}"
        if name not in new:
            yield f"{where} is gone"
        else:
            yield from _differing(value, new[name], where)


def _differing(old: Item, new: Item, where: str) -> Iterator[str]:
    (kind,), (now,) = old, new
    if kind != now:
        yield f"{where} was {kind} and is {now}"
    elif kind == "M":
        yield from unreadable(old["M"], new["M"], f"{where}.")
    elif kind == "L" and any("M" in each for each in old["L"]):
        for number, (before, after) in enumerate(zip(old["L"], new["L"], strict=False)):
            yield from _differing(before, after, f"{where}[{number}]")
    elif kind == "L" and len(old["L"]) != len(new["L"]):
        yield f"{where} had {len(old['L'])} entries and has {len(new['L'])}"


def with_more(item: Item) -> Item:
    """The item as a later release might write it: a member more in every object."""
    return {**{name: _with_more(value) for name, value in item.items()}, "a_later_releases": {"S": "fact"}}


def _with_more(value: Item) -> Item:
    match value:
        case {"M": members}:
            return {"M": with_more(members)}
        case {"L": entries}:
            return {"L": [_with_more(each) for each in entries]}
        case _:
            return value
