"""The calls that must be refused, whatever else a function's role allows: written down without looking at the
grants, so that a careless grant meets a second opinion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from engine import Graph
from infra.access import (
    CURSOR_SEALERS,
    DELIVERERS,
    FUNCTIONS,
    PROCESSOR_CALLERS,
    SIGNERS,
    UNWRAPPERS,
    VERIFIERS,
    WEBHOOK_SIGNERS,
)
from ops.iam.evaluation import Context, allowed
from ops.iam.evidence import ENCRYPTION_CONTEXT_KEYS
from ops.iam.grants import policies
from ops.iam.names import Names

MERCHANT: Context = {ENCRYPTION_CONTEXT_KEYS: ["merchant"]}
MERCHANT_AND_MORE: Context = {ENCRYPTION_CONTEXT_KEYS: ["merchant", "purpose"]}
TABLES = (
    "table/payments",
    "table/vault",
    "table/clients",
    "table/sessions",
    "table/audits",
    "table/events",
    "table/webhooks",
)
CLASSES = "payments vault clients sessions audits events webhooks messages secrets environment logs"
DATA_KEYS = tuple(f"key/{name}" for name in CLASSES.split())
KEYS = (*DATA_KEYS, "key/wrapping", "key/cursor", "key/signing-*")
SECRETS = ("secret/card-keys", "secret/processor-*")
ENDPOINT: Context = {ENCRYPTION_CONTEXT_KEYS: ["endpoint"]}
QUEUES = (
    "queue/operations",
    "queue/operations-dead",
    "queue/deliveries",
    "queue/deliveries-dead",
    "queue/failed-events",
)


@dataclass(frozen=True)
class Rule:
    """Nobody but `but` performs any of `actions` on any of `resources` (`names.group_of`); `{function}` in
    one stands for the function's name."""

    actions: Sequence[str]
    resources: Sequence[str]
    reason: str
    but: Sequence[str] = ()
    context: Context = field(default_factory=dict)


@dataclass(frozen=True)
class Refusal:
    """One call that must be refused. `name`: of the resource (`Names`). `context`: its condition keys."""

    function: str
    action: str
    name: str
    reason: str
    context: Context = field(default_factory=dict, compare=False)


def _dynamodb(*operations: str) -> Sequence[str]:
    return [f"dynamodb:{operation}" for operation in operations]


def _kms(*operations: str) -> Sequence[str]:
    return [f"kms:{operation}" for operation in operations]


RULES = (
    Rule(_kms("Decrypt"), ["key/wrapping"], "it opens no card", but=UNWRAPPERS, context=MERCHANT),
    Rule(_kms("Decrypt"), ["key/wrapping"], "a vault key is its merchant's alone", context=MERCHANT_AND_MORE),
    Rule(
        _kms("Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext"),
        ["key/wrapping"],
        "operators make merchants' vault keys",
        context=MERCHANT,
    ),
    Rule(
        _kms("Decrypt", "Encrypt", "GenerateDataKey"),
        DATA_KEYS,
        "a data key is used through its service, never itself",
    ),
    Rule(_kms("Sign"), ["key/signing-*"], "it issues no access tokens", but=SIGNERS),
    Rule(_kms("GetPublicKey"), ["key/signing-*"], "it checks no access tokens", but=VERIFIERS),
    Rule(_kms("GenerateMac"), ["key/cursor"], "it has no lists", but=CURSOR_SEALERS),
    Rule(
        _kms("CreateGrant", "DisableKey", "PutKeyPolicy", "ScheduleKeyDeletion"),
        KEYS,
        "keys are the administrators'",
    ),
    Rule(_dynamodb("Query"), TABLES, "lists are read from indexes"),
    Rule(
        _dynamodb("Scan"),
        ["table/payments", "table/vault", "table/sessions", "table/audits", "table/events", "table/webhooks"],
        "nobody reads a table as a whole",
    ),
    Rule(_dynamodb("Scan"), ["table/clients"], "only reconciliation needs all merchants", but=["reconciler"]),
    Rule(
        _dynamodb("BatchWriteItem", "DeleteTable", "UpdateTable", "UpdateTimeToLive"),
        TABLES,
        "operators' work",
    ),
    Rule(_dynamodb("DeleteItem", "UpdateItem"), ["table/audits"], "the trail is only added to"),
    Rule(_dynamodb("GetItem", "BatchGetItem"), ["table/audits"], "it reads no trail", but=["audits"]),
    Rule(_dynamodb("DeleteItem", "PutItem", "UpdateItem"), ["table/clients"], "operators add clients"),
    Rule(_dynamodb("GetItem"), ["table/vault"], "it reads no card", but=UNWRAPPERS),
    Rule(_dynamodb("PutItem"), ["table/vault"], "it keeps no card", but=["tokens", "payments", "checkout"]),
    Rule(_dynamodb("UpdateItem"), ["table/vault"], "it changes no card", but=["tokens"]),
    Rule(_dynamodb("DeleteItem"), ["table/vault"], "cards are emptied, and stay on record"),
    Rule(_dynamodb("GetItem", "PutItem"), ["table/sessions"], "it has no page to serve", but=["checkout"]),
    Rule(_dynamodb("DeleteItem", "UpdateItem"), ["table/sessions"], "a session stays as it was opened"),
    Rule(_dynamodb("DeleteItem"), ["table/payments"], "what was begun is never forgotten"),
    Rule(_dynamodb("PutItem"), ["table/payments"], "it makes no payments", but=["payments", "checkout"]),
    Rule(
        _dynamodb("UpdateItem"),
        ["table/payments"],
        "it works on no payments",
        but=PROCESSOR_CALLERS,
    ),
    Rule(
        _dynamodb("GetItem"),
        ["table/payments"],
        "it reads no payments",
        but=[*PROCESSOR_CALLERS, "publisher"],
    ),
    Rule(_dynamodb("DeleteItem"), ["table/events"], "what has happened stays"),
    Rule(_dynamodb("UpdateItem"), ["table/events"], "one function writes the logs", but=["publisher"]),
    Rule(
        _dynamodb("PutItem"),
        ["table/events"],
        "it tells nothing",
        but=["tokens", "reconciler", "publisher"],
    ),
    Rule(
        _dynamodb("GetItem", "BatchGetItem"),
        ["table/events"],
        "it reads no events",
        but=["events", "webhooks", "publisher"],
    ),
    Rule(
        ["secretsmanager:GetSecretValue"],
        ["secret/card-keys"],
        "it opens no encrypted card",
        but=["tokens", "payments", "checkout"],
    ),
    Rule(
        ["secretsmanager:GetSecretValue"],
        ["secret/processor-*"],
        "it never calls the processor",
        but=PROCESSOR_CALLERS,
    ),
    Rule(
        ["secretsmanager:DeleteSecret", "secretsmanager:PutSecretValue"],
        SECRETS,
        "operators put secrets' values",
    ),
    Rule(
        ["sqs:SendMessage"],
        ["queue/operations"],
        "it leaves nothing to be followed up",
        but=["payments", "refunds", "sweeper"],
    ),
    Rule(
        ["sqs:DeleteMessage", "sqs:ReceiveMessage"],
        ["queue/operations"],
        "it follows nothing up",
        but=["worker"],
    ),
    Rule(
        ["sqs:DeleteMessage", "sqs:ReceiveMessage"],
        ["queue/operations-dead", "queue/deliveries-dead", "queue/failed-events"],
        "operators look at what was given up on",
    ),
    Rule(
        ["sqs:DeleteMessage", "sqs:ReceiveMessage"],
        ["queue/deliveries"],
        "it sends to nobody",
        but=DELIVERERS,
    ),
    Rule(
        _kms("Decrypt"),
        ["key/webhook-secrets"],
        "it signs no webhooks",
        but=WEBHOOK_SIGNERS,
        context=ENDPOINT,
    ),
    Rule(
        _dynamodb("GetItem"),
        ["table/webhooks"],
        "it knows no endpoints",
        but=["webhooks", "publisher", "deliverer"],
    ),
    Rule(_dynamodb("DeleteItem"), ["table/webhooks"], "rows go by themselves"),
    Rule(["sqs:PurgeQueue", "sqs:SetQueueAttributes"], QUEUES, "operators' work"),
    Rule(
        ["lambda:InvokeFunction", "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration"],
        [f"function/{function}" for function in FUNCTIONS],
        "no function touches another, or itself",
    ),
    Rule(
        ["iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"],
        ["role/{function}"],
        "no function gives itself rights",
    ),
    Rule(
        ["logs:DeleteLogGroup", "logs:PutRetentionPolicy"],
        ["log-group/{function}"],
        "no function removes its traces",
    ),
)


def refusals(names: Names) -> list[Refusal]:
    """All calls that must be refused, one for each function and resource that there is."""
    return [each for rule in RULES for each in _calls(rule, names)]


def let_through(graph: Graph) -> list[Refusal]:
    """Those that the roles' policies of a stack allow all the same."""
    names, statements = Names.of_graph(graph), policies(graph)
    return [
        each
        for each in refusals(names)
        if allowed(statements[each.function], each.action, names.arn(each.name), each.context)
    ]


def _calls(rule: Rule, names: Names) -> Iterator[Refusal]:
    for function in _others(rule.but):
        resources = [resource.replace("{function}", function) for resource in rule.resources]
        for name in (name for resource in resources for name in names.having(resource)):
            yield from (Refusal(function, action, name, rule.reason, rule.context) for action in rule.actions)


def _others(but: Iterable[str]) -> list[str]:
    return [function for function in FUNCTIONS if function not in but]
