"""AWS clients: one session for the function, each client made at its first use."""

from functools import cache
from typing import Any

from botocore.config import Config
from botocore.session import Session, get_session

CONFIG = Config(
    connect_timeout=1,
    read_timeout=3,
    retries={"mode": "standard", "total_max_attempts": 3},
    tcp_keepalive=True,
    # botocore would put its own together anew for each call.
    user_agent="tollgate",
    # AWS checks what it gets. The contract tests' clients check it, too, before it is sent.
    parameter_validation=False,
)
"""Three tries of at most 3 s end well before the gateway's 29 s."""


@cache
def client(product: str) -> Any:
    """The client of an AWS product (`dynamodb`, `kms` …)."""
    return _session().create_client(product, config=CONFIG)


@cache
def _session() -> Session:
    return get_session()
