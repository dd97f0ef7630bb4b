"""docs/evidence-table.md says what the table says."""

from ops.commands.evidence_table import PAGE
from ops.evidence_table import page


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make docs`"
