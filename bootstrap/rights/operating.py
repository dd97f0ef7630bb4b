"""What the `tollgate` command calls on a stage: merchants, clients, keys, payments, queues."""

from bootstrap.rights.grant import Grant
from infra.stage import Stage
from infra.statements import Statement

# Which keys may be used, and for what, says each key's own policy.
_CALLS: tuple[tuple[str, Grant], ...] = (
    ("dynamodb", Grant("GetItem PutItem Query Scan UpdateItem", ("table/NAMEDclients",))),
    ("dynamodb", Grant("DescribeTable GetItem", ("table/NAMEDpayments",))),
    ("dynamodb", Grant("Query", ("table/NAMEDpayments/index/due",))),
    # A merchant's wrapped key; never a card.
    ("dynamodb", Grant("PutItem", ("table/NAMEDvault",))),
    (
        "secretsmanager",
        Grant(
            "DescribeSecret GetSecretValue PutSecretValue UpdateSecretVersionStage",
            ("secret:NAMEDcard-keys-*",),
        ),
    ),
    ("secretsmanager", Grant("DescribeSecret PutSecretValue", ("secret:NAMEDprocessor-*",))),
    ("lambda", Grant("InvokeFunction", ("function:NAMEDreconciler", "function:NAMEDreconciler:*"))),
    (
        "sqs",
        Grant(
            "ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl ReceiveMessage SendMessage",
            ("NAMEDoperations.fifo", "NAMEDoperations-dead.fifo"),
        ),
    ),
    # API keys and usage plans have ids that the gateway makes up.
    (
        "apigateway",
        Grant(
            "DELETE GET POST",
            (
                "arn:aws:apigateway:*::/apikeys",
                "arn:aws:apigateway:*::/apikeys/*",
                "arn:aws:apigateway:*::/usageplans/*/keys",
                "arn:aws:apigateway:*::/usageplans/*/keys/*",
            ),
        ),
    ),
    ("apigateway", Grant("GET", ("arn:aws:apigateway:*::/usageplans",))),
    ("kms", Grant("DescribeKey ListAliases")),
    # Whether IAM decides on the functions' calls as it should.
    ("iam", Grant("SimulatePrincipalPolicy", ("arn:aws:iam::ACCOUNT:role/NAMED*",))),
)


def operating(stage: Stage) -> list[Statement]:
    """The operator's rights."""
    return [grant.statement(service, stage) for service, grant in _CALLS]
