"""An account that is exactly as the program declares: its answers, made from the graph."""

from tests.unit.verification.declared import (
    archive,
    backup,
    compute,
    data,
    detection,
    edge,
    identity,
    network,
    observability,
)
from tests.unit.verification.declared.answering import ACCOUNT, LIVE_API, LIVE_VPC, NOW, RECENTLY, answers

__all__ = [
    "ACCOUNT",
    "LIVE_API",
    "LIVE_VPC",
    "NOW",
    "RECENTLY",
    "answers",
    "archive",
    "backup",
    "compute",
    "data",
    "detection",
    "edge",
    "identity",
    "network",
    "observability",
]
