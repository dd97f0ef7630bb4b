"""The grants that no code of a function uses, but AWS itself does, in the role's name; with the reasons.

The laptop cloud does none of this in the role's name, so that it can't be measured there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ops.iam.grants import Grant


@dataclass(frozen=True)
class ExercisedByAws:
    """`resources`: as they are measured; `FUNCTION` in one stands for the function's name. `through`: the
    service that the grant is bound to, None for one that isn't."""

    actions: Sequence[str]
    resources: Sequence[str]
    reason: str
    through: str | None = None

    def explains(self, grant: Grant) -> bool:
        resources = [resource.replace(FUNCTION, grant.function) for resource in self.resources]
        return grant.action in self.actions and grant.resource in resources and grant.through == self.through


FUNCTION = "{function}"

EXERCISED_BY_AWS = (
    ExercisedByAws(
        ("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"),
        ("queue/operations", "queue/deliveries"),
        "Lambda polls the queue",
    ),
    ExercisedByAws(
        (
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            "dynamodb:ListStreams",
        ),
        ("table/payments/stream", "table/events/stream"),
        "Lambda reads the stream",
    ),
    ExercisedByAws(
        ("sqs:SendMessage",), ("queue/failed-events",), "Lambda reports the events that it gave up on"
    ),
    ExercisedByAws(
        ("logs:CreateLogStream", "logs:PutLogEvents"), ("log-group/{function}/*",), "Lambda writes the log"
    ),
    ExercisedByAws(
        ("xray:PutTelemetryRecords", "xray:PutTraceSegments"), ("*",), "Lambda hands in its traces"
    ),
    ExercisedByAws(
        ("ec2:CreateNetworkInterface",),
        ("network-interface/*", "security-group/*", "subnet/*"),
        "Lambda connects the function with its subnets",
    ),
    ExercisedByAws(
        ("ec2:AssignPrivateIpAddresses", "ec2:UnassignPrivateIpAddresses"),
        ("network-interface/*",),
        "Lambda gives the function's interfaces their addresses",
    ),
    ExercisedByAws(
        ("ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"),
        ("*",),
        "Lambda looks at the function's interfaces",
    ),
    ExercisedByAws(
        ("ec2:DeleteNetworkInterface",), ("*/*",), "Lambda removes interfaces that no function has any more"
    ),
    ExercisedByAws(
        ("kms:Decrypt",),
        (
            "key/payments",
            "key/vault",
            "key/clients",
            "key/sessions",
            "key/audits",
            "key/events",
            "key/webhooks",
        ),
        "DynamoDB opens the table's data key in the caller's name",
        through="dynamodb",
    ),
    ExercisedByAws(
        ("kms:Decrypt",),
        ("key/secrets",),
        "Secrets Manager opens the secret's data key in the caller's name",
        through="secretsmanager",
    ),
    ExercisedByAws(
        ("kms:Decrypt",), ("key/environment",), "Lambda opens the function's environment", through="lambda"
    ),
    ExercisedByAws(
        ("kms:Decrypt", "kms:GenerateDataKey"),
        ("key/messages",),
        "SQS encrypts or opens messages in the name of who sends or receives",
        through="sqs",
    ),
)


def reason_of(grant: Grant) -> str | None:
    """Why AWS needs the grant; None when it doesn't."""
    return next((each.reason for each in EXERCISED_BY_AWS if each.explains(grant)), None)


def needless(grants: Iterable[Grant]) -> list[ExercisedByAws]:
    """Entries that explain none of the grants."""
    known = list(grants)
    return [each for each in EXERCISED_BY_AWS if not any(map(each.explains, known))]
