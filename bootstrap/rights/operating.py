"""What operating a stage takes: the `tollgate` command, and what the runbook has whoever is on call look at.

`tests/runbook` holds it in both directions: each command of the pages that is the operator's is allowed, and
nothing is granted that no page uses.
"""

from bootstrap.rights.grant import Grant
from infra.stage import Stage
from infra.statements import Statement

Granted = tuple[tuple[str, Grant], ...]

# Merchants, clients, keys, payments, queues, releases. Which keys may be used, and for what, says each key's
# own policy.
_COMMANDS: Granted = (
    ("dynamodb", Grant("GetItem PutItem Scan UpdateItem", ("table/NAMEDclients",))),
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
    ("lambda", Grant("InvokeFunction", ("function:NAMEDreconciler:*",))),
    # Back to a version that a workflow has published: no code and no setting is the operator's.
    ("lambda", Grant("GetAlias ListVersionsByFunction UpdateAlias", ("function:NAMED*",))),
    ("sqs", Grant("GetQueueUrl SendMessage", ("NAMEDoperations.fifo",))),
    (
        "sqs",
        Grant(
            "ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl ReceiveMessage",
            ("NAMEDoperations-dead.fifo",),
        ),
    ),
    # API keys and usage plans have ids that the gateway makes up.
    ("apigateway", Grant("GET POST", ("arn:aws:apigateway:*::/apikeys",))),
    ("apigateway", Grant("DELETE", ("arn:aws:apigateway:*::/apikeys/*",))),
    ("apigateway", Grant("GET", ("arn:aws:apigateway:*::/usageplans",))),
    # Where the API of a stage without a domain answers.
    ("apigateway", Grant("GET", ("arn:aws:apigateway:*::/restapis",))),
    ("apigateway", Grant("POST", ("arn:aws:apigateway:*::/usageplans/*/keys",))),
    ("kms", Grant("DescribeKey")),
    # Whether IAM decides on the functions' calls as it should.
    ("iam", Grant("SimulatePrincipalPolicy", ("arn:aws:iam::ACCOUNT:role/NAMED*",))),
)
# What is wrong, and since when. No log has card data; the trail and the archive are the auditor's.
_ON_CALL: Granted = (
    ("cloudwatch", Grant("DescribeAlarms GetMetricData ListDashboards")),
    ("cloudwatch", Grant("GetDashboard", ("arn:aws:cloudwatch::ACCOUNT:dashboard/NAMED*",))),
    ("logs", Grant("DescribeLogGroups GetQueryResults")),
    ("logs", Grant("StartQuery", ("log-group:/aws/lambda/NAMED*", "log-group:/aws/apigateway/NAMED*"))),
    (
        "logs",
        Grant(
            "FilterLogEvents",
            (
                "log-group:/aws/apigateway/NAMED*",
                "log-group:/aws/events/NAMED*",
                "log-group:/aws/kinesisfirehose/NAMED*",
                "log-group:/aws/lambda/NAMED*",
                "log-group:/aws/network-firewall/NAMED*",
                "log-group:/aws/route53resolver/NAMED*",
                "log-group:aws-waf-logs-tollgate-*",
            ),
        ),
    ),
    ("xray", Grant("BatchGetTraces GetTraceSummaries")),
    ("events", Grant("DescribeRule", ("rule/NAMED*",))),
    ("sqs", Grant("ReceiveMessage", ("NAMEDexports-dead", "NAMEDfailed-events"))),
    ("cloudtrail", Grant("GetTrailStatus", ("trail/NAMED*",))),
    ("backup", Grant("ListBackupJobs ListCopyJobs")),
    ("dynamodb", Grant("ListExports")),
    ("dynamodb", Grant("DescribeExport", ("table/NAMED*/export/*",))),
)


def commanding(stage: Stage) -> list[Statement]:
    """The rights that the `tollgate` command needs."""
    return [grant.statement(service, stage) for service, grant in _COMMANDS]


def looking_on_call(stage: Stage) -> list[Statement]:
    """The rights to look at what the runbook's sections name."""
    return [grant.statement(service, stage) for service, grant in _ON_CALL]
