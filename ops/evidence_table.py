"""The page `docs/evidence-table.md`: the rows of the evidence table, as they are tried."""

from collections.abc import Iterable
from enum import StrEnum

from tollgate.domain.case import Age, Amounts, Answer, Room, Shown, Step
from tollgate.domain.evidence_table import TABLE
from tollgate.domain.evidence_table.row import CHARGES, ENDINGS, GIVING_BACK, LATER, RELEASES, REVERSALS, Row

NAMED: dict[frozenset[Step], str] = {
    CHARGES: "any charge",
    ENDINGS: "capture, void",
    GIVING_BACK: "any refund",
    REVERSALS: "refund by reversal",
    LATER: "any later operation",
    RELEASES: "any release",
    CHARGES | LATER: "any but a release",
    CHARGES | GIVING_BACK: "any charge or refund",
    GIVING_BACK | {Step.CAPTURE}: "capture, any refund",
}
HEAD = """# The evidence table

What an operation came to is concluded from three things: what it is, what its last request was answered, and
what the processor's books show. The first row that fits decides; an empty cell fits everything. Together the
rows decide every combination ({cells:,} of them; `tests/unit/evidence` goes through all).

A conclusion is final, with three exceptions. What *stays open* is looked at again. So is what *a person must
look* at, but nothing more is sent for it; the metric `FollowUps` counts it with `outcome=in_doubt`. *Read the
books* is what an answer leads to that decides nothing by itself.

The words: a *release* gives back a charge that may not stand (a late one, a partial approval). *Amounts* are
those in the books, beside what the operation began with. *Can it still happen* is read from
`supportedOperations` and from whether the batch is open. *Absence counts* when nothing was sent for longer
than the books may lag (`not_found_seconds`).

How money is given back is chosen from the books before it is asked for, and stored with the intent
(`domain/means.py`). In a closed batch it is a refund. In an open one it is a reversal: of the whole, if all
is to go back and nothing can still be captured, else of a part.

This page is generated: `make docs`.

| # | Operation | Answer | Books | Amounts | Can it still happen | Absence counts | Conclusion | Why |
|---|---|---|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    sizes = [len(kind) for kind in (Step, Answer, Shown, Amounts, Room, Age)]
    cells = 1
    for size in sizes:
        cells *= size
    rows = "".join(_line(number, row) for number, row in enumerate(TABLE, 1))
    return HEAD.replace("{cells:,}", f"{cells:,}") + rows


def _line(number: int, row: Row) -> str:
    cells = (
        str(number),
        _steps(row.step),
        _some(row.answer, Answer),
        _some(row.shown, Shown),
        _some(row.amounts, Amounts),
        _some(row.room, Room),
        _some(row.age, Age),
        f"**{row.finding}**",
        row.reason,
    )
    return f"| {' | '.join(cells)} |\n"


def _steps(steps: frozenset[Step] | None) -> str:
    return NAMED[steps] if steps in NAMED else _some(steps, Step)


def _some(values: frozenset[StrEnum] | None, kind: Iterable[StrEnum]) -> str:
    """In the order in which the values are declared."""
    return "" if values is None else ", ".join(each.value for each in kind if each in values)
