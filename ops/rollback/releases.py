"""Which versions the functions go back to. A release is a package: all functions run the same one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onboarding.failure import Failure

MARK = "Rolled back to package "
"""How the description of an alias begins that was moved back; the package's SHA-256 follows."""


@dataclass(frozen=True)
class Version:
    """`package`: the SHA-256 of what it runs, in hexadecimal; the object in the bucket is called so."""

    number: int
    package: str


@dataclass(frozen=True)
class Live:
    """A function as callers get it. `version` is one of `versions`; `revision` changes with every change."""

    function: str
    version: Version
    versions: tuple[Version, ...]
    description: str
    revision: str


@dataclass(frozen=True)
class Move:
    """A function's alias, from the version that it names to another one."""

    live: Live
    to: Version


@dataclass(frozen=True)
class Plan:
    """`moves`, so that all functions run `package`. `without`: functions that never ran it, and stay."""

    package: str
    moves: tuple[Move, ...]
    without: tuple[str, ...]


def held(lives: Iterable[Live]) -> str | None:
    """The package that the stage was rolled back to, until somebody lifts that."""
    marked = (each.description for each in lives if each.description.startswith(MARK))
    return next((text.removeprefix(MARK) for text in marked), None)


def plan(lives: Sequence[Live], wanted: str | None = None) -> Plan:
    """How to go back: to `wanted` (the beginning of a package's SHA-256), or to the package before.

    A rollback that was cut off goes on to where it went. Raises Failure when it isn't clear where to.
    """
    package = _named(lives, wanted) if wanted is not None else held(lives) or _former(lives)
    moves, without = [], []
    for live in lives:
        runs = [each for each in live.versions if each.package == package]
        if not runs:
            without.append(live.function)
        elif live.version.package != package:
            moves.append(Move(live, max(runs, key=lambda version: version.number)))
    return Plan(package, tuple(moves), tuple(without))


def _named(lives: Sequence[Live], wanted: str) -> str:
    known = _packages(version for live in lives for version in live.versions)
    fitting = [package for package in known if package.startswith(wanted)]
    if len(fitting) != 1:
        raise Failure(
            f"{len(fitting)} packages of the functions' versions begin with '{wanted}'.",
            f"There are: {', '.join(known) or 'none'}.",
        )
    return fitting[0]


def _former(lives: Sequence[Live]) -> str:
    running = _packages(live.version for live in lives)
    if len(running) != 1:
        raise Failure(
            f"The functions run {len(running)} packages: {', '.join(running) or 'there are no functions'}.",
            "A deployment ended half-way, or never began. Name the one to go to: --package.",
        )
    former = _packages(before for live in lives for before in _before(live))
    if len(former) != 1:
        raise Failure(
            f"{len(former)} packages ran before this one: {', '.join(former) or 'it is the first'}.",
            "Name the one to go to, --package, or deploy a mended release.",
        )
    return former[0]


def _before(live: Live) -> Iterable[Version]:
    older = (each for each in live.versions if each.number < live.version.number)
    other = (each for each in older if each.package != live.version.package)
    return sorted(other, key=lambda version: version.number)[-1:]


def _packages(versions: Iterable[Version]) -> list[str]:
    return sorted({version.package for version in versions})
