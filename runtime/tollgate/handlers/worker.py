"""The `worker` function: a payment from the FIFO queue, followed up.

It gets one message at a time, so that none is given back unopened: each receive counts, and after the queue's
bounded tries a message moves to the dead-letter queue. A message that fails goes back, and what comes after
it in its group waits.
"""

import json
from collections.abc import Mapping
from typing import Any

from tollgate import telemetry
from tollgate.operations.follow_up import follow_up
from tollgate.wiring.worker import World, world


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answers with the message that is to come again, if it failed (ReportBatchItemFailures)."""
    return work(event, context.aws_request_id, world())


def work(event: Mapping[str, Any], request_id: str, here: World) -> dict[str, Any]:
    """`request_id` is the invocation's own: a message that is delivered twice makes two looks."""
    failed = [each["messageId"] for each in event["Records"] if not _followed_up(each, request_id, here)]
    return {"batchItemFailures": [{"itemIdentifier": message_id} for message_id in failed]}


def _followed_up(record: Mapping[str, Any], request_id: str, here: World) -> bool:
    try:
        payment_id: str = json.loads(record["body"])["payment_id"]
        look = follow_up(payment_id, request_id, here.ports)
    except Exception as failure:  # the queue gives it back, a bounded number of times
        telemetry.not_followed_up(failure, request_id)
        return False
    telemetry.followed_up(payment_id, request_id, look.came, look.open_for)
    return True
