"""`python -m ops.settings`: writes the page and the schemas anew."""

from ops.options import ROOT
from ops.settings.page import page
from ops.settings.programs import PROGRAMS
from ops.settings.schema import text_of

(ROOT / "docs" / "settings.md").write_text(page(), encoding="utf-8")
for program in PROGRAMS:
    (ROOT / program.schema).write_text(text_of(program), encoding="utf-8")
