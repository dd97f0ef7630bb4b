"""The documents of the account's policies: pure functions. IAM takes 6,144 characters each, ten to a role."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bootstrap import guards
from bootstrap.calls.table import OF_A_STAGE
from bootstrap.rights.derived import reading, writing
from bootstrap.rights.operating import commanding, looking_on_call
from infra.artifacts import ARTIFACTS
from infra.bucket_policy import WAF_LOGS
from infra.durability import Durability
from infra.fields.files import FILES
from infra.stage import Stage
from infra.statements import Statement, allow, document

# Which document a service's rights stand in, so that each is short enough.
DOCUMENTS: Mapping[str, str] = {
    "workload": "apigateway application-autoscaling lambda route53 wafv2",
    "storage": "dynamodb kms s3 secretsmanager sqs",
    "delivery": "cloudfront",
    "archive": "athena backup backup-storage firehose glue scheduler",
    "network": "ec2 network-firewall route53resolver",
    "watching": "access-analyzer budgets cloudtrail cloudwatch config events guardduty logs securityhub sns",
    "roles": "iam",
}
# Looking takes fewer words.
LOOKED_AT: Mapping[str, str] = {
    "workload": " ".join(DOCUMENTS[name] for name in ("workload", "storage", "roles")),
    "surroundings": " ".join(DOCUMENTS[name] for name in ("archive", "delivery", "network", "watching")),
}


def looking(stage: Stage) -> dict[str, str]:
    """What deploying and previewing both need, by name: how everything is set up."""
    divided = _divided(reading(OF_A_STAGE, stage), LOOKED_AT)
    return {name: document(each) for name, each in divided.items()}


def deploying(stage: Stage, state_arn: str, truststore: str | None) -> dict[str, str]:
    """What deploying needs beside looking, by name. Pulumi's documentation names the calls to its state.

    `truststore`: the ARN of the object with the certificates that callers' are signed with, which API Gateway
    reads in the caller's name.
    """
    state = [
        allow(["s3:ListBucket"], state_arn),
        allow(["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], f"{state_arn}/*"),
    ]
    divided = _divided(writing(OF_A_STAGE, stage), DOCUMENTS)
    divided["roles"] += state
    if truststore is not None:
        divided["workload"].append(allow(guards.READING, truststore))
    return {name: document(each) for name, each in divided.items()}


def previewing(state_arn: str) -> dict[str, str]:
    """What previewing needs beside looking, by name: to read the state. It doesn't take the state's lock."""
    state = [allow(["s3:ListBucket"], state_arn), allow(["s3:GetObject"], f"{state_arn}/*")]
    return {"state": document(state)}


def operated(stage: Stage) -> dict[str, str]:
    """What the `tollgate` command and whoever is on call need, by name."""
    return {"commands": document(commanding(stage)), "on-call": document(looking_on_call(stage))}


def auditing(stage: Stage) -> dict[str, str]:
    """What auditing needs, by name: to become who reads the archive, and nothing by itself."""
    investigator = f"arn:aws:iam::{stage.account_id}:role/{stage.physical('investigator')}"
    return {"archive": document([allow(["sts:AssumeRole"], investigator)])}


def deploy_guard(
    stage: Stage,
    durability: Durability,
    state_arn: str,
    key_arns: Sequence[str],
    truststore: str | None = None,
) -> str:
    """What deploying may never do. `key_arns`: of the state's keys. A stage that may be thrown away takes
    what its buckets hold with it."""
    read = [truststore] if truststore is not None else []
    own = [f"arn:aws:s3:::{prefix}{stage.physical('*')}/*" for prefix in ("", WAF_LOGS)]
    emptied = [] if durability is Durability.DURABLE else own
    return document(
        [
            *guards.no_authority(stage, state_arn, key_arns),
            *guards.no_data(
                state_arn,
                key_arns,
                read=[*read, *released(stage)],
                put=released(stage),
                emptied=emptied,
            ),
            *guards.no_loss(durability),
        ]
    )


def released(stage: Stage) -> list[str]:
    """The functions' packages and the card fields' files: the objects that a workflow puts and reads."""
    return [f"arn:aws:s3:::{stage.bucket(noun)}/*" for noun in (ARTIFACTS, FILES)]


def preview_guard(stage: Stage, state_arn: str, key_arns: Sequence[str]) -> str:
    """What previewing may never do. `key_arns`: of the state's keys."""
    return document(guards.no_data(state_arn, key_arns, read=released(stage)))


def _divided(statements: Iterable[Statement], documents: Mapping[str, str]) -> dict[str, list[Statement]]:
    """By the document that the statement's service belongs to. Raises KeyError for a service of none."""
    named = {service: name for name, services in documents.items() for service in services.split()}
    divided: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        divided[named[statement["Action"][0].partition(":")[0]]].append(statement)
    return divided
