"""One line of a bill."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """`usd` a month. `setting`: the key of Pulumi.<stack>.yaml that changes it, if one does."""

    service: str
    what: str
    usd: float
    setting: str | None = None


def total(lines: Iterable[Line]) -> float:
    return sum(line.usd for line in lines)


def by_service(lines: Iterable[Line]) -> dict[str, float]:
    """Dollars by service, the dearest first."""
    sums: dict[str, float] = {}
    for line in lines:
        sums[line.service] = sums.get(line.service, 0) + line.usd
    return dict(sorted(sums.items(), key=lambda entry: -entry[1]))
