"""Which function reads which class of data. Key policies and roles are both made from here."""

from collections.abc import Mapping
from dataclasses import dataclass

# The functions that the API invokes, and those that events do.
SERVED = (
    "authorizer",
    "identity",
    "tokens",
    "payments",
    "refunds",
    "checkout",
    "audits",
    "events",
    "webhooks",
)
FUNCTIONS = (*SERVED, "projector", "publisher", "deliverer", "sweeper", "worker", "reconciler")
# Who has a way out of the network, to the processor; the others reach AWS services alone.
PROCESSOR_CALLERS = ("payments", "refunds", "checkout", "worker", "reconciler")
# Who sends to merchants' servers.
DELIVERERS = ("deliverer",)
OUTGOING = (*PROCESSOR_CALLERS, *DELIVERERS)
ISOLATED = tuple(function for function in FUNCTIONS if function not in OUTGOING)

# The roles that AWS services take to keep what the stage has recorded, and the services.
SERVICE_ROLES: Mapping[str, str] = {
    "log-subscription": "logs",
    "log-delivery": "firehose",
    "export": "scheduler",
    "backup": "backup",
    "restore": "backup",
}
# The buckets of records, as `Stage.bucket` names them.
ARCHIVE = "archive"
QUERY_RESULTS = "query-results"
# The classes of data whose tables are exported. The vault never is.
EXPORTED = ("payments", "audits")
# Who writes to the archive. It is read by the investigator alone.
ARCHIVISTS = ("log-delivery", "export")


@dataclass(frozen=True)
class DataClass:
    """Data that is encrypted with a key of its own, by one AWS service, for the functions that read it.

    `writers` is for a service that encrypts in the caller's name, as SQS does; what may be written to a table
    says the right to the table.
    """

    name: str
    service: str
    readers: tuple[str, ...]
    writers: tuple[str, ...] = ()


DATA_CLASSES = (
    DataClass(
        "payments",
        "dynamodb",
        ("payments", "refunds", "checkout", "projector", "publisher", "sweeper", "worker", "reconciler"),
    ),
    DataClass("vault", "dynamodb", ("tokens", "payments", "checkout", "worker")),
    DataClass("sessions", "dynamodb", ("checkout",)),
    DataClass("clients", "dynamodb", (*SERVED, "projector", "reconciler")),
    DataClass(
        "audits",
        "dynamodb",
        (
            "tokens",
            "payments",
            "refunds",
            "checkout",
            "audits",
            "events",
            "webhooks",
            "projector",
            "reconciler",
        ),
    ),
    DataClass("events", "dynamodb", ("tokens", "events", "webhooks", "publisher", "reconciler")),
    DataClass("webhooks", "dynamodb", ("webhooks", "publisher", "deliverer")),
    DataClass(
        "messages",
        "sqs",
        ("worker", "deliverer"),
        writers=(
            "export",
            "payments",
            "refunds",
            "webhooks",
            "projector",
            "publisher",
            "deliverer",
            "sweeper",
            "reconciler",
        ),
    ),
    DataClass(
        "secrets", "secretsmanager", ("tokens", "payments", "refunds", "checkout", "worker", "reconciler")
    ),
    DataClass("environment", "lambda", FUNCTIONS),
)

# Who opens merchants' wrapped vault keys, who signs and who verifies access tokens, who seals cursors.
UNWRAPPERS = ("tokens", "payments", "checkout", "worker")
SIGNERS = ("identity",)
VERIFIERS = ("authorizer", "identity")
CURSOR_SEALERS = ("payments", "refunds", "audits", "events", "webhooks")
# Who makes endpoints' signing secrets, and who signs with them.
SECRET_MAKERS = ("webhooks",)
WEBHOOK_SIGNERS = ("webhooks", "deliverer")
