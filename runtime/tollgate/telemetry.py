"""Logs and metrics. The only module that makes Powertools objects, and the only one that logs."""

import os
import traceback
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools import Logger

logger = Logger(service="tollgate", level=os.environ.get("LOG_LEVEL", "INFO"))


def answered(event: Mapping[str, Any], status: int) -> None:
    """One line for each answer: ids and outcome, never a body, a query or a header."""
    context = event["requestContext"]
    claims = context.get("authorizer") or {}
    logger.info(
        "answered",
        extra={
            "request_id": context["requestId"],
            "route": f"{event['httpMethod']} {event['resource']}",
            "status": status,
            "merchant_id": claims.get("merchant_id"),
            "client_id": claims.get("client_id"),
        },
    )


def failed(failure: BaseException, request_id: str) -> None:
    """An unexpected failure: its type and place. Not its text: a library's text may quote its input."""
    frames = traceback.extract_tb(failure.__traceback__)
    logger.error(
        "failed",
        extra={
            "request_id": request_id,
            "failure": type(failure).__name__,
            "at": [f"{frame.name}:{frame.lineno}" for frame in frames[-6:]],
        },
    )
