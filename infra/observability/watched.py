"""What is watched: the parts of a stage by their names."""

from collections.abc import Mapping, Sequence
from typing import Literal

from infra.data import BY_DAY, BY_ENDPOINT, BY_MERCHANT, BY_REFERENCE, BY_RESOURCE, DUE, LISTING

# Tables, and their indexes.
TABLES: Mapping[str, Sequence[str]] = {
    "payments": (LISTING.name, DUE.name, BY_REFERENCE.name),
    "vault": (),
    "clients": (),
    "sessions": (),
    "audits": (BY_MERCHANT.name, BY_RESOURCE.name),
    "events": (BY_DAY.name, DUE.name),
    "webhooks": (BY_ENDPOINT.name, DUE.name),
}
# What the functions do with tables. DynamoDB counts its own errors by operation only.
TABLE_OPERATIONS = (
    "BatchGetItem",
    "GetItem",
    "PutItem",
    "Query",
    "Scan",
    "TransactWriteItems",
    "UpdateItem",
)
# Queues: those that are worked off, and those where what was given up on waits for people.
QUEUES: Mapping[str, Literal["worked", "given_up"]] = {
    "operations.fifo": "worked",
    "operations-dead.fifo": "given_up",
    "deliveries.fifo": "worked",
    "deliveries-dead.fifo": "given_up",
    "exports-dead": "given_up",
    "failed-events": "given_up",
}
# Functions that the clock starts; their rules have their names.
SCHEDULES = ("sweeper", "publisher", "deliverer", "reconciler")
