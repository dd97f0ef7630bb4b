"""What the functions may do."""

import re

import pytest

from engine import Graph
from infra import access
from tests.infra.graphs import FUNCTIONS, LOG_GROUP, QUEUE, actions, key_arns, policy_of
from tests.infra.iam import findings

TABLE_CALLS = {
    "authorizer": {"clients": {"GetItem"}},
    "identity": {"clients": {"GetItem"}},
    "tokens": {
        "vault": {"GetItem", "PutItem", "UpdateItem"},
        "clients": {"GetItem"},
        "audits": {"PutItem"},
        "events": {"PutItem"},
    },
    "payments": {
        "payments": {"GetItem", "PutItem", "UpdateItem", "BatchGetItem"},
        "payments/index/listing": {"Query"},
        "payments/index/by_reference": {"Query"},
        "vault": {"GetItem", "PutItem"},
        "clients": {"GetItem"},
        "audits": {"PutItem"},
    },
    "checkout": {
        "sessions": {"GetItem", "PutItem"},
        "payments": {"GetItem", "PutItem", "UpdateItem"},
        "vault": {"GetItem", "PutItem"},
        "clients": {"GetItem"},
        "audits": {"PutItem"},
    },
    "refunds": {"payments": {"GetItem", "UpdateItem"}, "clients": {"GetItem"}, "audits": {"PutItem"}},
    "audits": {
        "audits": {"GetItem", "PutItem", "BatchGetItem"},
        "audits/index/by_merchant": {"Query"},
        "audits/index/by_resource": {"Query"},
        "clients": {"GetItem"},
    },
    "projector": {
        "payments/stream": {"DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"},
        "audits": {"PutItem"},
        "clients": {"GetItem"},
    },
    "events": {
        "events": {"GetItem", "BatchGetItem"},
        "events/index/by_day": {"Query"},
        "audits": {"PutItem"},
        "clients": {"GetItem"},
    },
    "publisher": {
        "payments/stream": {"DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"},
        "events/stream": {"DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"},
        "payments": {"GetItem"},
        "events": {"GetItem", "BatchGetItem", "PutItem", "UpdateItem"},
        "events/index/due": {"Query"},
        "webhooks": {"GetItem", "PutItem"},
    },
    "webhooks": {
        "webhooks": {"GetItem", "BatchGetItem", "PutItem"},
        "webhooks/index/by_endpoint": {"Query"},
        "events": {"GetItem", "BatchGetItem"},
        "audits": {"PutItem"},
        "clients": {"GetItem"},
    },
    "deliverer": {
        "webhooks": {"GetItem", "BatchGetItem", "PutItem", "UpdateItem"},
        "webhooks/index/due": {"Query"},
    },
    "sweeper": {"payments/index/due": {"Query"}},
    "worker": {"payments": {"GetItem", "UpdateItem"}, "vault": {"GetItem"}},
    "reconciler": {
        "payments": {"GetItem", "BatchGetItem", "UpdateItem"},
        "payments/index/listing": {"Query"},
        "payments/index/due": {"Query"},
        "clients": {"GetItem", "Scan"},
        "audits": {"PutItem"},
        "events": {"PutItem"},
    },
}
SENDING = {"SendMessage"}
RECEIVING = {"ReceiveMessage", "DeleteMessage", "GetQueueAttributes"}
QUEUE_CALLS = {
    "payments": {"operations": SENDING},
    "refunds": {"operations": SENDING},
    "projector": {"failed-events": SENDING},
    "publisher": {"deliveries": SENDING, "failed-events": SENDING},
    "webhooks": {"deliveries": SENDING},
    "deliverer": {"deliveries": SENDING | RECEIVING, "failed-events": SENDING},
    "sweeper": {"operations": SENDING, "failed-events": SENDING},
    "worker": {"operations": RECEIVING},
    "reconciler": {"failed-events": SENDING},
}
DIRECT_KEY_CALLS = {
    "authorizer": {"signing": {"GetPublicKey"}},
    "identity": {"signing": {"GetPublicKey", "Sign"}},
    "tokens": {"wrapping": {"Decrypt"}},
    "payments": {"wrapping": {"Decrypt"}, "cursor": {"GenerateMac"}},
    "refunds": {"cursor": {"GenerateMac"}},
    "checkout": {"wrapping": {"Decrypt"}},
    "audits": {"cursor": {"GenerateMac"}},
    "events": {"cursor": {"GenerateMac"}},
    "webhooks": {"cursor": {"GenerateMac"}, "webhook": {"Decrypt", "Encrypt"}},
    "deliverer": {"webhook": {"Decrypt"}},
    "projector": {},
    "publisher": {},
    "sweeper": {},
    "worker": {"wrapping": {"Decrypt"}},
    "reconciler": {},
}
SECRETS = {
    "tokens": {"card-keys"},
    "payments": {"card-keys", "processor"},
    "refunds": {"processor"},
    "checkout": {"card-keys", "processor"},
    "worker": {"processor"},
    "reconciler": {"processor"},
}


# X-Ray has no resources for these.
TRACING = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]


def calls(graph: Graph, function: str, service: str) -> dict[str, set[str]]:
    """What a function may call in a service: operations by resource, as the ARN's last part names it."""
    found: dict[str, set[str]] = {}
    for statement in policy_of(graph, function):
        if not actions(statement)[0].startswith(f"{service}:"):
            continue
        operations = {action.partition(":")[2] for action in actions(statement)}
        found.setdefault(statement["Resource"], set()).update(operations)
    return found


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_makes_these_table_calls_and_no_others(graph: Graph, function: str) -> None:
    prefix = f"tollgate-{graph.stack}-"
    named = {
        re.sub(r"(/stream)/.*", r"\1", arn.partition(f":table/{prefix}")[2]): operations
        for arn, operations in calls(graph, function, "dynamodb").items()
    }
    assert named == TABLE_CALLS[function]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_makes_these_queue_calls_and_no_others(graph: Graph, function: str) -> None:
    expected = {
        graph.one(QUEUE, queue).outputs["arn"]: operations
        for queue, operations in QUEUE_CALLS.get(function, {}).items()
    }
    assert calls(graph, function, "sqs") == expected


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_uses_these_keys_itself_and_no_others(graph: Graph, function: str) -> None:
    names = {arn: name.partition("-")[0] for name, arn in key_arns(graph).items()}
    used: dict[str, set[str]] = {}
    for statement in policy_of(graph, function):
        if actions(statement)[0].startswith("kms:") and "StringEquals" not in statement.get("Condition", {}):
            operations = {action.removeprefix("kms:") for action in actions(statement)}
            used.setdefault(names[statement["Resource"]], set()).update(operations)
    assert used == DIRECT_KEY_CALLS[function]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_reads_and_writes_its_data_classes_through_their_services(
    graph: Graph, function: str
) -> None:
    names = {arn: name for name, arn in key_arns(graph).items()}
    services = {data.name: data.service for data in access.DATA_CLASSES}
    used: dict[str, set[str]] = {}
    for statement in policy_of(graph, function):
        through = statement.get("Condition", {}).get("StringEquals", {}).get("kms:ViaService")
        if through:
            name = names[statement["Resource"]]
            assert through == f"{services[name]}.{graph.exports['region']}.amazonaws.com"
            used.setdefault(name, set()).update(actions(statement))
    read = {data.name: {"kms:Decrypt"} for data in access.DATA_CLASSES if function in data.readers}
    written = {
        data.name: {"kms:Decrypt", "kms:GenerateDataKey"}
        for data in access.DATA_CLASSES
        if function in data.writers
    }
    assert used == read | written


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_has_the_messages_key_for_the_queue_calls_that_it_makes(function: str) -> None:
    (messages,) = (data for data in access.DATA_CLASSES if data.name == "messages")
    operations = QUEUE_CALLS.get(function, {}).values()
    assert (function in messages.writers) == any(each >= SENDING for each in operations)
    assert (function in messages.readers) == any(each >= RECEIVING for each in operations)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_decrypts_the_tables_that_it_uses_and_no_others(graph: Graph, function: str) -> None:
    tables = {name.partition("/")[0] for name in TABLE_CALLS[function]}
    readable = {
        data.name for data in access.DATA_CLASSES if data.service == "dynamodb" and function in data.readers
    }
    assert readable == tables


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_reads_these_secrets_and_no_others(graph: Graph, function: str) -> None:
    prefix = f":secret:tollgate-{graph.stack}-"
    read = set()
    for arn, operations in calls(graph, function, "secretsmanager").items():
        assert operations == {"GetSecretValue"}
        name = arn.partition(prefix)[2]
        read.add("processor" if name.startswith("processor-") else name.rpartition("-")[0])
    assert read == SECRETS.get(function, set())


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_may_hand_in_traces_and_nothing_else_on_any_resource(graph: Graph, function: str) -> None:
    anywhere = [
        each
        for each in policy_of(graph, function)
        if each["Resource"] == "*" and not actions(each)[0].startswith("ec2:")
    ]
    assert [actions(statement) for statement in anywhere] == [TRACING]
    assert findings(anywhere[0]) == set()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_functions_policy_is_clean_and_without_wildcards(graph: Graph, function: str) -> None:
    log_group = graph.one(LOG_GROUP, function).outputs["arn"]
    for statement in policy_of(graph, function):
        if actions(statement)[0].startswith("ec2:"):
            continue  # Lambda's own, see tests/infra/network/test_placements.py
        if actions(statement) == TRACING:
            continue
        assert statement["Effect"] == "Allow"
        assert not [action for action in actions(statement) if "*" in action]
        assert "*" not in statement["Resource"] or statement["Resource"] == f"{log_group}:*"
        if ":dynamodb:" not in statement["Resource"] or "/stream/" not in statement["Resource"]:
            assert findings(statement) == set()
