"""AWS clients: one session for the function, each client made at its first use."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config

CONFIG = Config(
    connect_timeout=1,
    read_timeout=3,
    retries={"mode": "standard", "total_max_attempts": 3},
    tcp_keepalive=True,
)
"""Three tries of at most 3 s end well before the gateway's 29 s."""


@cache
def client(product: str) -> Any:
    """The client of an AWS product (`dynamodb`, `kms` …)."""
    return _session().client(product, config=CONFIG)


@cache
def _session() -> boto3.Session:
    return boto3.Session()
