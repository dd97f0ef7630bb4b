"""Partial batch failures of DynamoDB stream consumers.

Closes a gap of ministack: a stream consumer's `batchItemFailures` are ignored and its records are lost.
Here the whole batch is delivered again, which AWS may do as well.
"""

from __future__ import annotations

from typing import Any

from ministack.services import lambda_svc

from local.emulator.payload import answer

STREAM = "aws:dynamodb"


def install() -> None:
    execute = lambda_svc._execute_function

    def execute_with_failures(function: Any, event: Any) -> Any:
        result = execute(function, event)
        if not _is_stream_batch(event):
            return result
        failures = answer(result).get("batchItemFailures")
        if not failures:
            return result
        problem = {"errorType": "BatchItemFailures", "errorMessage": str(failures)}
        return {**result, "error": True, "body": problem}

    lambda_svc._execute_function = execute_with_failures


def _is_stream_batch(event: Any) -> bool:
    records = event.get("Records") if isinstance(event, dict) else None
    return bool(records) and records[0].get("eventSource") == STREAM
