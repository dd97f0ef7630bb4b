"""Who the functions are and what they are told."""

import json

import pytest

from engine import Graph
from infra import access
from tests.infra.graphs import (
    FUNCTION,
    FUNCTIONS,
    LOG_GROUP,
    ROLE,
    ROLE_POLICY,
    TABLE,
    Graphs,
    key_arns,
    statements,
)

ENVIRONMENT = {
    "authorizer": "STAGE ISSUER AUDIENCE SIGNING_KEYS CLIENTS_TABLE",
    "identity": "STAGE ISSUER AUDIENCE ACCESS_TOKEN_SECONDS SIGNING_KEYS CLIENTS_TABLE",
    "tokens": "STAGE VAULT_TABLE CLIENTS_TABLE AUDITS_TABLE EVENTS_TABLE CARD_KEYS_SECRET",
    "payments": "STAGE PAYMENTS_TABLE VAULT_TABLE CLIENTS_TABLE AUDITS_TABLE CARD_KEYS_SECRET CURSOR_KEY"
    " PROCESSOR_ACCOUNTS OPERATIONS_QUEUE_URL FOLLOW_UP",
    "refunds": "STAGE PAYMENTS_TABLE CLIENTS_TABLE AUDITS_TABLE CURSOR_KEY PROCESSOR_ACCOUNTS"
    " OPERATIONS_QUEUE_URL FOLLOW_UP",
    "checkout": "STAGE SESSIONS_TABLE PAYMENTS_TABLE VAULT_TABLE CLIENTS_TABLE AUDITS_TABLE CARD_KEYS_SECRET"
    " PROCESSOR_ACCOUNTS FOLLOW_UP PAGES_ORIGIN",
    "audits": "STAGE CLIENTS_TABLE AUDITS_TABLE CURSOR_KEY",
    "events": "STAGE CLIENTS_TABLE AUDITS_TABLE EVENTS_TABLE CURSOR_KEY",
    "projector": "STAGE CLIENTS_TABLE AUDITS_TABLE",
    "webhooks": "STAGE CLIENTS_TABLE AUDITS_TABLE EVENTS_TABLE WEBHOOKS_TABLE WEBHOOK_KEY WEBHOOK_HOSTS"
    " WEBHOOK_LOOPBACK DELIVERIES_QUEUE_URL CURSOR_KEY",
    "publisher": "STAGE PAYMENTS_TABLE EVENTS_TABLE WEBHOOKS_TABLE DELIVERIES_QUEUE_URL",
    "deliverer": "STAGE WEBHOOKS_TABLE WEBHOOK_KEY WEBHOOK_HOSTS WEBHOOK_LOOPBACK"
    " WEBHOOK_FIRST_RETRY_SECONDS DELIVERIES_QUEUE_URL",
    "sweeper": "STAGE PAYMENTS_TABLE OPERATIONS_QUEUE_URL",
    "worker": "STAGE PAYMENTS_TABLE VAULT_TABLE PROCESSOR_ACCOUNTS FOLLOW_UP",
    "reconciler": "STAGE PAYMENTS_TABLE CLIENTS_TABLE AUDITS_TABLE EVENTS_TABLE PROCESSOR_ACCOUNTS",
}


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
    holders = [node.inputs["role"] for node in graph.of_type(ROLE_POLICY)]
    assert len(holders) == len(set(holders))
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


def test_checkout_is_told_where_the_hosted_page_is(graph: Graph) -> None:
    told = graph.one(FUNCTION, "checkout").inputs["environment"]["variables"]["PAGES_ORIGIN"]
    assert told == graph.exports.get("card_fields_url", "")


def test_signing_keys_are_told_in_the_order_of_the_settings(graph: Graph) -> None:
    told = graph.one(FUNCTION, "identity").inputs["environment"]["variables"]["SIGNING_KEYS"]
    assert told.split(",") == graph.exports["keys"]["signing"]


def test_processor_accounts_come_with_hosts_and_the_place_of_their_credentials(graph: Graph) -> None:
    told = graph.one(FUNCTION, "payments").inputs["environment"]["variables"]["PROCESSOR_ACCOUNTS"]
    for account, entry in json.loads(told).items():
        assert set(entry) == {"api_url", "identity_url", "secret"}
        assert entry["secret"] == graph.exports["secrets"]["processors"][account]


@pytest.mark.parametrize("function", ["payments", "refunds", "checkout", "worker"])
def test_follow_up_is_told_in_whole_seconds(graphs: Graphs, function: str) -> None:
    told = graphs("prod").one(FUNCTION, function).inputs["environment"]["variables"]["FOLLOW_UP"]
    assert json.loads(told) == {
        "first_seconds": 10,
        "longest_seconds": 3600,
        "not_found_seconds": 7200,
        "watch_seconds": 604800,
    }


@pytest.mark.parametrize("function", ["payments", "refunds", "sweeper"])
def test_operations_are_sent_to_their_queue(graph: Graph, function: str) -> None:
    told = graph.one(FUNCTION, function).inputs["environment"]["variables"]["OPERATIONS_QUEUE_URL"]
    assert told == graph.exports["queues"]["operations"]


def test_a_role_is_taken_by_lambda_for_this_account_only(graph: Graph) -> None:
    for function in FUNCTIONS:
        (statement,) = statements(graph.one(ROLE, function).inputs["assumeRolePolicy"])
        assert statement["Principal"] == {"Service": "lambda.amazonaws.com"}
        assert statement["Condition"] == {"StringEquals": {"aws:SourceAccount": graph.exports["account_id"]}}
