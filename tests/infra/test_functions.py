"""Who the functions are, what they may do and what they are told."""

import json
import re

import pytest

from infra import access
from local.engine import Graph
from tests.infra.graphs import (
    FUNCTION,
    FUNCTIONS,
    LOG_GROUP,
    ROLE,
    ROLE_POLICY,
    TABLE,
    actions,
    key_arns,
    policy_of,
    statements,
)
from tests.infra.iam import findings

ENVIRONMENT = {
    "authorizer": "STAGE ISSUER AUDIENCE SIGNING_KEYS CLIENTS_TABLE",
    "identity": "STAGE ISSUER AUDIENCE ACCESS_TOKEN_SECONDS SIGNING_KEYS CLIENTS_TABLE",
    "tokens": "STAGE VAULT_TABLE CLIENTS_TABLE AUDITS_TABLE CARD_KEYS_SECRET",
    "payments": "STAGE PAYMENTS_TABLE VAULT_TABLE CLIENTS_TABLE AUDITS_TABLE CARD_KEYS_SECRET CURSOR_KEY"
    " PROCESSOR_ACCOUNTS",
    "refunds": "STAGE PAYMENTS_TABLE CLIENTS_TABLE AUDITS_TABLE CURSOR_KEY PROCESSOR_ACCOUNTS",
    "audits": "STAGE CLIENTS_TABLE AUDITS_TABLE CURSOR_KEY",
    "projector": "STAGE CLIENTS_TABLE AUDITS_TABLE",
}
TABLE_CALLS = {
    "authorizer": {"clients": {"GetItem"}},
    "identity": {"clients": {"GetItem"}},
    "tokens": {"vault": {"GetItem", "PutItem", "UpdateItem"}, "clients": {"GetItem"}, "audits": {"PutItem"}},
    "payments": {
        "payments": {"GetItem", "PutItem", "UpdateItem", "DeleteItem", "BatchGetItem"},
        "payments/index/listing": {"Query"},
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
}
DIRECT_KEY_CALLS = {
    "authorizer": {"signing": {"GetPublicKey"}},
    "identity": {"signing": {"GetPublicKey", "Sign"}},
    "tokens": {"wrapping": {"Decrypt"}},
    "payments": {"wrapping": {"Decrypt"}, "cursor": {"GenerateMac"}},
    "refunds": {"cursor": {"GenerateMac"}},
    "audits": {"cursor": {"GenerateMac"}},
    "projector": {},
}
SECRETS = {"tokens": {"card-keys"}, "payments": {"card-keys", "processor"}, "refunds": {"processor"}}


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
def test_a_function_has_a_role_a_policy_and_a_log_group_of_its_own(graph: Graph, function: str) -> None:
    node = graph.one(FUNCTION, function)
    role = graph.one(ROLE, function)
    assert node.inputs["role"] == role.outputs["arn"]
    assert graph.one(ROLE_POLICY, function).inputs["role"] == role.inputs["name"]
    log_group = graph.one(LOG_GROUP, function)
    assert log_group.inputs["name"] == f"/aws/lambda/{node.inputs['name']}"
    assert log_group.inputs["kmsKeyId"] == key_arns(graph)["logs"]
    assert log_group.inputs["retentionInDays"] >= 30


def test_there_are_no_other_functions_and_no_role_has_two_policies(graph: Graph) -> None:
    assert {node.name for node in graph.of_type(FUNCTION)} == set(FUNCTIONS)
    assert len(graph.of_type(ROLE_POLICY)) == len(FUNCTIONS)
    for role in graph.of_type(ROLE):
        assert not {"inlinePolicies", "managedPolicyArns"} & role.inputs.keys()


def test_a_function_runs_on_a_supported_runtime_with_its_environment_encrypted(graph: Graph) -> None:
    for node in graph.of_type(FUNCTION):
        assert node.inputs["runtime"] == "python3.13"
        assert node.inputs["architectures"] == ["arm64"]
        assert node.inputs["handler"] == f"tollgate.handlers.{node.name}.handler"
        assert node.inputs["kmsKeyArn"] == key_arns(graph)["environment"]


def test_an_api_function_ends_before_the_gateway_gives_up(graph: Graph) -> None:
    for function in access.SERVED:
        assert graph.one(FUNCTION, function).inputs["timeout"] < 29


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_is_told_what_it_needs_and_nothing_else(graph: Graph, function: str) -> None:
    variables = graph.one(FUNCTION, function).inputs["environment"]["variables"]
    assert set(variables) == set(ENVIRONMENT[function].split())
    for name, value in variables.items():
        if name.endswith("_TABLE"):
            assert value == graph.one(TABLE, name.removesuffix("_TABLE").lower()).inputs["name"]


def test_signing_keys_are_told_in_the_order_of_the_settings(graph: Graph) -> None:
    told = graph.one(FUNCTION, "identity").inputs["environment"]["variables"]["SIGNING_KEYS"]
    assert told.split(",") == graph.exports["keys"]["signing"]


def test_processor_accounts_come_with_hosts_and_the_place_of_their_credentials(graph: Graph) -> None:
    told = graph.one(FUNCTION, "payments").inputs["environment"]["variables"]["PROCESSOR_ACCOUNTS"]
    for account, entry in json.loads(told).items():
        assert set(entry) == {"api_url", "identity_url", "secret"}
        assert entry["secret"] == graph.exports["secrets"]["processors"][account]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_makes_these_table_calls_and_no_others(graph: Graph, function: str) -> None:
    prefix = f"tollgate-{graph.stack}-"
    named = {
        re.sub(r"(/stream)/.*", r"\1", arn.partition(f":table/{prefix}")[2]): operations
        for arn, operations in calls(graph, function, "dynamodb").items()
    }
    assert named == TABLE_CALLS[function]


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
def test_a_function_reads_its_data_classes_through_their_services(graph: Graph, function: str) -> None:
    names = {arn: name for name, arn in key_arns(graph).items()}
    services = {data.name: data.service for data in access.DATA_CLASSES}
    read: set[str] = set()
    for statement in policy_of(graph, function):
        through = statement.get("Condition", {}).get("StringEquals", {}).get("kms:ViaService")
        if through:
            name = names[statement["Resource"]]
            assert through == f"{services[name]}.{graph.exports['region']}.amazonaws.com"
            assert actions(statement) == ["kms:Decrypt"]
            read.add(name)
    assert read == {data.name for data in access.DATA_CLASSES if function in data.readers}


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
def test_a_functions_policy_is_clean_and_without_wildcards(graph: Graph, function: str) -> None:
    log_group = graph.one(LOG_GROUP, function).outputs["arn"]
    for statement in policy_of(graph, function):
        assert statement["Effect"] == "Allow"
        assert not [action for action in actions(statement) if "*" in action]
        assert "*" not in statement["Resource"] or statement["Resource"] == f"{log_group}:*"
        if ":dynamodb:" not in statement["Resource"] or "/stream/" not in statement["Resource"]:
            assert findings(statement) == set()


def test_a_role_is_taken_by_lambda_for_this_account_only(graph: Graph) -> None:
    for function in FUNCTIONS:
        (statement,) = statements(graph.one(ROLE, function).inputs["assumeRolePolicy"])
        assert statement["Principal"] == {"Service": "lambda.amazonaws.com"}
        assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": graph.exports["account_id"]}}


def test_no_change_of_a_payment_is_skipped_by_the_projector(graph: Graph) -> None:
    (mapping,) = graph.of_type("aws:lambda/eventSourceMapping:EventSourceMapping")
    assert mapping.inputs["eventSourceArn"] == graph.one(TABLE, "payments").outputs["streamArn"]
    assert mapping.inputs["functionName"] == graph.one(FUNCTION, "projector").outputs["arn"]
    assert mapping.inputs["startingPosition"] == "TRIM_HORIZON"
    assert mapping.inputs["functionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping.inputs["bisectBatchOnFunctionError"] is True
    assert mapping.inputs["maximumRetryAttempts"] == -1
    assert graph.one(ROLE_POLICY, "projector").urn in mapping.dependencies
