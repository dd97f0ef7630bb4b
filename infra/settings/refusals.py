"""Why a setting is refused: msgspec's reason, with the place by name, and what is allowed there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import inspect

# How msgspec's sentences end: `$.tables.vault`, `$[0]`; `[...]` is an entry of a mapping, of whatever key.
REASON = re.compile(r"^(?P<said>.*?)( - at (?P<key>`key` in )?`\$(?P<place>[^`]*)`)?$", re.DOTALL)
STEP = re.compile(r"\.(?P<name>\w+)|\[(?P<index>\d+)\]|\[\.\.\.\]")
ENTRY = object()
Step = Any


def refusal(error: msgspec.DecodeError, value: Any, kind: Any) -> str:
    """What is wrong with a value that couldn't be converted to `kind`."""
    found = REASON.match(str(error))
    if found is None:
        return str(error)
    steps = _by_name(_steps(found["place"] or ""), value, kind, str(error))
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")
    told = f"{found['said']}{_key(steps, value, kind, str(error)) if found['key'] else ''}"
    told += f" - at `{place}`" if place else ""
    if told.startswith(("Invalid enum value", "Invalid value")):
        told += f"; allowed are {', '.join(_allowed(kind, steps, of_key=bool(found['key'])))}"
    return told


def _steps(place: str) -> list[Step]:
    return [step["name"] or (int(step["index"]) if step["index"] else ENTRY) for step in STEP.finditer(place)]


def _by_name(steps: list[Step], value: Any, kind: Any, reason: str) -> list[Step]:
    """The same steps; instead of an entry its key: that of the entry which alone is refused alike."""
    for index, step in enumerate(steps):
        if step is ENTRY:
            before = steps[:index]
            keys = [
                each for each in _at(value, before) if _reason(_only(value, before, each), kind) == reason
            ]
            steps = [*before, *keys[:1], *steps[index + 1 :]]
    return steps


def _key(steps: list[Step], value: Any, kind: Any, reason: str) -> str:
    """In words, the key of the mapping at `steps` that alone is refused alike."""
    refused = [key for key in _at(value, steps) if _reason(_only(value, steps, key), kind) == reason]
    return f" for the key `{refused[0]}`" if refused else ""


def _at(value: Any, steps: Sequence[Step]) -> Any:
    for step in steps:
        value = value[step]
    return value


def _only(value: Any, steps: Sequence[Step], key: Step) -> Any:
    """The value, with a single entry in the mapping at `steps`."""
    if not steps:
        return {key: value[key]}
    first, *rest = steps
    changed = value.copy()
    changed[first] = _only(value[first], rest, key)
    return changed


def _reason(value: Any, kind: Any) -> str:
    try:
        msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        return str(error)
    return ""


def _allowed(kind: Any, steps: Iterable[Step], *, of_key: bool) -> list[str]:
    """The values of the enumeration that stands there, in its own order."""
    kinds = [inspect.type_info(kind)]
    for step in steps:
        kinds = [inner for each in _alternatives(kinds) for inner in _inside(each, step)]
    alternatives = list(_alternatives(kinds))
    if of_key:
        keys = [each.key_type for each in alternatives if isinstance(each, inspect.DictType)]
        alternatives = list(_alternatives(keys))
    return list(dict.fromkeys(value for each in alternatives for value in _values(each)))


def _alternatives(kinds: Iterable[inspect.Type]) -> Iterator[inspect.Type]:
    for kind in kinds:
        match kind:
            case inspect.Metadata():
                yield from _alternatives([kind.type])
            case inspect.UnionType():
                yield from _alternatives(kind.types)
            case _:
                yield kind


def _inside(kind: inspect.Type, step: Step) -> Iterator[inspect.Type]:
    match kind:
        case inspect.DictType():
            yield kind.value_type
        case inspect.VarTupleType() | inspect.ListType() | inspect.SetType() | inspect.FrozenSetType():
            yield kind.item_type
        case inspect.StructType():
            yield from (field.type for field in kind.fields if field.encode_name == step)
            if kind.tag_field == step and isinstance(kind.tag, str):
                yield inspect.LiteralType((kind.tag,))
        case _:
            pass


def _values(kind: inspect.Type) -> Iterator[str]:
    match kind:
        case inspect.LiteralType():
            yield from (str(value) for value in kind.values)
        case inspect.EnumType():
            yield from (str(member.value) for member in kind.cls)
        case _:
            pass
