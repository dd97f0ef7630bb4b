"""The questions that are asked of the archive again and again: `queries/*.sql`, as Athena's saved queries.

A file's first line says what it answers. `?` is filled in when it is run, in order: first the id of an
export, as it stands in the archive under `exports/<table>/AWSDynamoDB/`; the last one sorts last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "queries"


@dataclass(frozen=True)
class Query:
    """`name`: of the saved query, in words with hyphens."""

    name: str
    description: str
    sql: str


def saved_queries() -> Sequence[Query]:
    """All of them, by name."""
    return [_query(path) for path in sorted(FOLDER.glob("*.sql"))]


def _query(path: Path) -> Query:
    description, _, sql = path.read_text(encoding="utf-8").partition("\n")
    return Query(path.stem, description.removeprefix("-- "), sql)
