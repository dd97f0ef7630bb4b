"""The `payments` table's stream onto the audit trail.

Delivered at least once and in each payment's order; a record that fails is delivered again from there on.
"""

from collections.abc import Mapping
from typing import Any

from tollgate import telemetry
from tollgate.domain.conclusion import conclusions
from tollgate.operations.record_history import record_history
from tollgate.wiring.projector import World, world


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The `projector` function. Answers with the first record that failed, as Lambda asks for streams."""
    return project(event, world())


def project(event: Mapping[str, Any], here: World) -> dict[str, Any]:
    for record in event["Records"]:
        try:
            before, after = here.before_and_after(record)
            record_history(before, after, here.trail)
        except Exception as failure:  # the rest of the shard waits behind it: order is kept
            telemetry.not_projected(failure, record["eventID"])
            return {"batchItemFailures": [{"itemIdentifier": record["dynamodb"]["SequenceNumber"]}]}
        for each in conclusions(before, after):
            telemetry.concluded(each.operation, each.outcome, each.amount, each.currency)
    telemetry.projected(len(event["Records"]))
    return {"batchItemFailures": []}
