"""The answer of `tollgate capacity` in plain text."""

from collections.abc import Iterator, Sequence

from ops.capacity.ceilings import STAGE, Ceiling
from ops.capacity.quotas import Quotas
from ops.capacity.simulation import Fate


def text(stack: str, rate: float, ceilings: Sequence[Ceiling], fates: Sequence[Fate], quotas: Quotas) -> str:
    """`ceilings`: the lowest first."""
    return "\n".join(
        [
            f"{stack} at {rate:,.0f} payments a second, with AWS's default quotas of {quotas.as_of}.",
            *_verdict(rate, ceilings),
            "",
            "Ceilings, the lowest first, in payments a second (! is below what is asked)",
            *(line for each in ceilings for line in _ceiling(each, rate)),
            "",
            "What callers see",
            *(line for fate in fates for line in _fate(fate)),
            "",
            f"Quotas that were remembered and not read: {', '.join(quotas.unchecked)}.",
        ]
    )


def _verdict(rate: float, ceilings: Sequence[Ceiling]) -> Iterator[str]:
    low = [each for each in ceilings if each.rate < rate]
    if not low:
        yield "Every ceiling is above that."
        return
    yield f"{len(low)} ceilings are below that. To be raised:"
    for each in low:
        whose = "" if each.whose == STAGE else f", of {each.whose}"
        yield f"  {each.what} ({each.rate:,.0f}{whose}): {each.lift}"


def _ceiling(ceiling: Ceiling, rate: float) -> Iterator[str]:
    mark = "!" if ceiling.rate < rate else " "
    whose = "" if ceiling.whose == STAGE else f" ({ceiling.whose})"
    yield f"{mark} {ceiling.rate:>11,.0f}  {ceiling.what}{whose}: {ceiling.stands}"
    yield f"{'':15}raise: {ceiling.lift}. Beyond: {ceiling.seen}"


def _fate(fate: Fate) -> Iterator[str]:
    first = f"; first, in second {fate.first[0]}, {fate.first[1]}" if fate.first else "; nothing breaks"
    yield f"  {fate.shape}{first}"
    yield f"    answered {fate.answered:,.0f}, 429 {fate.refused:,.0f}, 500 {fate.failed:,.0f}"
    if fate.unsure:
        yield (
            f"    unsure at first {fate.unsure:,.0f}: looked after by the worker, at most "
            f"{fate.unsure_at_most:,.0f} at once, the last {in_words(fate.settled_after)} after the end"
        )
    if fate.behind_at_most:
        yield (
            f"    records late: at most {fate.behind_at_most:,.0f}, the last "
            f"{in_words(fate.recorded_after)} after the end"
        )


def in_words(seconds: float) -> str:
    """A time that nobody needs to the second."""
    return f"{seconds:,.0f} s" if seconds < 120 else f"{seconds / 60:,.0f} min"
