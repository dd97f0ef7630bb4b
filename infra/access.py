"""Which function reads which class of data. Key policies and roles are both made from here."""

from dataclasses import dataclass

# The functions that the API invokes, and those that events do.
SERVED = ("authorizer", "identity", "tokens", "payments", "refunds", "audits")
FUNCTIONS = (*SERVED, "projector")


@dataclass(frozen=True)
class DataClass:
    """Data that is encrypted with a key of its own, by one AWS service, for the functions that read it."""

    name: str
    service: str
    readers: tuple[str, ...]


DATA_CLASSES = (
    DataClass("payments", "dynamodb", ("payments", "refunds", "projector")),
    DataClass("vault", "dynamodb", ("tokens", "payments")),
    DataClass("clients", "dynamodb", FUNCTIONS),
    DataClass("audits", "dynamodb", ("tokens", "payments", "refunds", "audits", "projector")),
    DataClass("messages", "sqs", ()),
    DataClass("secrets", "secretsmanager", ("tokens", "payments", "refunds")),
    DataClass("environment", "lambda", FUNCTIONS),
)

# Who opens merchants' wrapped vault keys, who signs and who verifies access tokens, who seals cursors.
UNWRAPPERS = ("tokens", "payments")
SIGNERS = ("identity",)
VERIFIERS = ("authorizer", "identity")
CURSOR_SEALERS = ("payments", "refunds", "audits")
