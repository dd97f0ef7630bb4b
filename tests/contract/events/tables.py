"""The `events` table as the stage has it."""

from typing import Any

from tests.contract.tables import create_table


def events_table() -> Any:
    """Its DynamoDB client."""
    return create_table(
        "events", {"by_day": ("day", "position"), "due": ("due_shard", "due")}, {"due"}, {"movement"}
    )
