"""What follows from evidence: one table, total and pure. The first row that fits a case decides it.

`docs/evidence-table.md` is generated from the rows. A test goes through the whole product of cases.
"""

from tollgate.domain.case import Case, Finding, Shown
from tollgate.domain.evidence_table.answers import BY_ANSWER, ENDED_ELSEWHERE
from tollgate.domain.evidence_table.changes import CHANGE
from tollgate.domain.evidence_table.charges import CHARGE
from tollgate.domain.evidence_table.releases import RELEASE
from tollgate.domain.evidence_table.row import RIPE, Row, of

UNREADABLE = (Row(Finding.WAIT, "The processor's books can't be read.", shown=of(Shown.UNREADABLE)),)

LEFT_OVER = (
    Row(Finding.PERSON, "The processor's books don't say what came of it.", age=RIPE),
    Row(Finding.WAIT, "The processor's books don't say yet what came of it."),
)

TABLE = (*BY_ANSWER, *ENDED_ELSEWHERE, *UNREADABLE, *CHARGE, *CHANGE, *RELEASE, *LEFT_OVER)


def conclude(case: Case) -> Row:
    """The row that decides a case: its finding and reason."""
    return next(row for row in TABLE if row.fits(case))
