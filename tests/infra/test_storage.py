"""Keys, tables, queues and secrets."""

import json

import pytest

from engine import Graph
from infra import access
from tests.infra.graphs import (
    KEY,
    LOG_GROUP,
    QUEUE,
    ROLE,
    SECRET,
    TABLE,
    Graphs,
    actions,
    key_arns,
    stateful,
    statements,
)
from tests.infra.iam import USING_A_KEY

TABLES = {
    "payments": {
        "listing": {"listing": "S", "position": "S"},
        "due": {"due_shard": "S", "due": "N"},
        "by_reference": {"ref": "S", "position": "S"},
    },
    "vault": {},
    "clients": {},
    "sessions": {},
    "audits": {
        "by_merchant": {"trail": "S", "position": "S"},
        "by_resource": {"subject": "S", "position": "S"},
    },
    "events": {"by_day": {"day": "S", "position": "S"}, "due": {"due_shard": "S", "due": "N"}},
    "webhooks": {"by_endpoint": {"endpoint": "S", "position": "S"}, "due": {"due_shard": "S", "due": "N"}},
}
SHOWN = {index: ["action", "actor", "holds"] for index in ("by_merchant", "by_resource")} | {
    "by_day": ["movement"]
}
SYMMETRIC = {
    *(data.name for data in access.DATA_CLASSES),
    "logs",
    "wrapping",
    "webhook-secrets",
    "archive",
    "artifacts",
    "backup",
    "backup-copy",
    "evidence",
    "alerts",
}


def test_there_is_a_table_for_each_class_of_data(graph: Graph) -> None:
    names = {node.name: node.inputs["name"] for node in graph.of_type(TABLE)}
    assert names == {table: f"tollgate-{graph.stack}-{table}" for table in TABLES}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_keyed_and_indexed_as_designed(graph: Graph, table: str) -> None:
    inputs = graph.one(TABLE, table).inputs
    indexes = {
        index["name"]: [(key["attributeName"], key["keyType"]) for key in index["keySchemas"]]
        for index in inputs.get("globalSecondaryIndexes", [])
    }
    assert inputs["hashKey"] == "id"
    assert indexes == {
        name: list(zip(keys, ("HASH", "RANGE"), strict=True)) for name, keys in TABLES[table].items()
    }
    shown = {
        index["name"]: index.get("nonKeyAttributes", []) for index in inputs.get("globalSecondaryIndexes", [])
    }
    assert shown == {name: SHOWN.get(name, []) for name in TABLES[table]}
    declared = {attribute["name"]: attribute["type"] for attribute in inputs["attributes"]}
    expected = {"id": "S"}
    for keys in TABLES[table].values():
        expected |= keys
    assert declared == expected


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_under_its_own_key_and_restorable(graph: Graph, table: str) -> None:
    inputs = graph.one(TABLE, table).inputs
    assert inputs["serverSideEncryption"] == {"enabled": True, "kmsKeyArn": key_arns(graph)[table]}
    assert inputs["pointInTimeRecovery"] == {"enabled": True}


def test_only_what_is_followed_has_a_stream_and_only_what_may_go_expires(graph: Graph) -> None:
    streaming = {node.name for node in graph.of_type(TABLE) if node.inputs["streamEnabled"]}
    expiring = {node.name for node in graph.of_type(TABLE) if "ttl" in node.inputs}
    assert streaming == {"payments", "events"}
    assert graph.one(TABLE, "payments").inputs["streamViewType"] == "NEW_AND_OLD_IMAGES"
    assert expiring == {"vault", "webhooks"}


def test_every_key_has_an_alias_and_symmetric_ones_rotate(graph: Graph) -> None:
    aliases = {
        node.inputs["targetKeyId"]: node.inputs["name"] for node in graph.of_type("aws:kms/alias:Alias")
    }
    for key in graph.of_type(KEY):
        assert aliases[key.outputs["keyId"]] == f"alias/tollgate-{graph.stack}-{key.name}"
        assert key.inputs.get("enableKeyRotation", False) == (key.name in SYMMETRIC)
        assert "bypassPolicyLockoutSafetyCheck" not in key.inputs


def test_access_tokens_are_signed_with_es256_and_cursors_sealed_with_hmac(graph: Graph) -> None:
    cursor = graph.one(KEY, "cursor").inputs
    assert (cursor["customerMasterKeySpec"], cursor["keyUsage"]) == ("HMAC_256", "GENERATE_VERIFY_MAC")
    for key in graph.of_type(KEY):
        if key.name.startswith("signing-"):
            spec = (key.inputs["customerMasterKeySpec"], key.inputs["keyUsage"])
            assert spec == ("ECC_NIST_P256", "SIGN_VERIFY")


def test_a_key_is_used_by_named_roles_and_services_only(graph: Graph) -> None:
    roles = {node.outputs["arn"] for node in graph.of_type(ROLE)}
    account = graph.exports["account_id"]
    people = {f"arn:aws:iam::{account}:role/tollgate-{name}" for name in ("deploy", "operator", "preview")}
    people.add(f"arn:aws:iam::{account}:root")
    for key in graph.of_type(KEY):
        for statement in statements(key.inputs["policy"]):
            principal = statement["Principal"]
            named = principal.get("AWS", [])
            assert set([named] if isinstance(named, str) else named) <= roles | people
            assert set(principal) in ({"AWS"}, {"Service"})
            assert not [action for action in actions(statement) if "*" in action]


@pytest.mark.parametrize("stack", ["dev", "prod"])
def test_the_account_itself_can_use_no_key(graphs: Graphs, stack: str) -> None:
    for key in graphs(stack).of_type(KEY):
        for statement in statements(key.inputs["policy"]):
            if str(statement["Principal"].get("AWS", "")).endswith(":root"):
                assert not [action for action in actions(statement) if USING_A_KEY.match(action)]


@pytest.mark.parametrize("data", access.DATA_CLASSES, ids=lambda data: data.name)
def test_a_data_key_serves_its_readers_and_writers_only(graph: Graph, data: access.DataClass) -> None:
    named = {
        statement["Sid"]: (statement["Principal"]["AWS"], actions(statement))
        for statement in statements(graph.one(KEY, data.name).inputs["policy"])
        if statement["Sid"] in {"Reading", "Writing"}
    }
    readers, writers = (
        sorted(graph.one(ROLE, function).outputs["arn"] for function in functions)
        for functions in (data.readers, data.writers)
    )
    # A comparison with the program reads the functions' environments, and no other data.
    if data.name == "environment" and graph.stack != "local":
        readers = sorted([*readers, f"arn:aws:iam::{graph.exports['account_id']}:role/tollgate-preview"])
    expected = {"Reading": (readers, ["kms:Decrypt"])}
    if data.writers:
        expected["Writing"] = (writers, ["kms:Decrypt", "kms:GenerateDataKey"])
    assert named == expected


def test_messages_are_written_by_those_who_queue_or_report_and_read_by_the_worker(graph: Graph) -> None:
    named = {
        statement["Sid"]: statement["Principal"]["AWS"]
        for statement in statements(graph.one(KEY, "messages").inputs["policy"])
    }
    writers = (
        "deliverer",
        "export",
        "payments",
        "projector",
        "publisher",
        "reconciler",
        "refunds",
        "sweeper",
        "webhooks",
    )
    assert named["Writing"] == [graph.one(ROLE, writer).outputs["arn"] for writer in writers]
    assert named["Reading"] == [graph.one(ROLE, reader).outputs["arn"] for reader in ("deliverer", "worker")]


def test_only_functions_that_see_cards_open_merchants_vault_keys(graph: Graph) -> None:
    opening = [
        statement["Principal"]["AWS"]
        for statement in statements(graph.one(KEY, "wrapping").inputs["policy"])
        if "kms:Decrypt" in actions(statement)
    ]
    functions = ("checkout", "payments", "tokens", "worker")
    assert opening == [[graph.one(ROLE, function).outputs["arn"] for function in functions]]


def test_operations_and_deliveries_are_queued_in_order(graph: Graph) -> None:
    ordered = {node.inputs["name"] for node in graph.of_type(QUEUE) if node.inputs.get("fifoQueue")}
    assert ordered == {
        f"tollgate-{graph.stack}-operations.fifo",
        f"tollgate-{graph.stack}-operations-dead.fifo",
        f"tollgate-{graph.stack}-deliveries.fifo",
        f"tollgate-{graph.stack}-deliveries-dead.fifo",
    }


def test_queues_are_encrypted_and_refuse_plain_text(graph: Graph) -> None:
    policies = {node.inputs["queueUrl"]: node for node in graph.of_type("aws:sqs/queuePolicy:QueuePolicy")}
    for queue in graph.of_type(QUEUE):
        assert queue.inputs.get("fifoQueue", False) == queue.inputs["name"].endswith(".fifo")
        assert queue.inputs["kmsMasterKeyId"] == key_arns(graph)["messages"]
        (statement,) = statements(policies[queue.outputs["url"]].inputs["policy"])
        assert (statement["Sid"], statement["Resource"]) == ("TlsOnly", queue.outputs["arn"])


@pytest.mark.parametrize("queue", ["operations", "deliveries"])
def test_what_fails_again_and_again_is_kept_apart(graph: Graph, queue: str) -> None:
    operations, dead = graph.one(QUEUE, queue), graph.one(QUEUE, f"{queue}-dead")
    redrive = json.loads(operations.inputs["redrivePolicy"])
    assert redrive == {"deadLetterTargetArn": dead.outputs["arn"], "maxReceiveCount": 5}
    assert json.loads(dead.inputs["redriveAllowPolicy"])["sourceQueueArns"] == [operations.outputs["arn"]]
    assert dead.inputs["messageRetentionSeconds"] > operations.inputs["messageRetentionSeconds"]


def test_failed_events_wait_for_people_as_long_as_sqs_can_keep_them(graph: Graph) -> None:
    failed = graph.one(QUEUE, "failed-events").inputs
    assert failed["messageRetentionSeconds"] == 14 * 86_400
    assert "redrivePolicy" not in failed
    assert json.loads(failed["redriveAllowPolicy"]) == {"redrivePermission": "denyAll"}


def test_secrets_are_containers_under_their_own_key(graph: Graph) -> None:
    assert not [node for node in graph.nodes.values() if "secretVersion" in node.type]
    for secret in graph.of_type(SECRET):
        assert secret.inputs["name"] == f"tollgate-{graph.stack}-{secret.name}"
        assert secret.inputs["kmsKeyId"] == key_arns(graph)["secrets"]


@pytest.mark.parametrize(("stack", "durable"), [("prod", True), ("dev", False), ("local", False)])
def test_only_a_durable_stage_refuses_to_lose_what_it_holds(
    graphs: Graphs, stack: str, durable: bool
) -> None:
    graph = graphs(stack)
    assert {node.protect for node in stateful(graph)} == {durable}
    assert {node.inputs["deletionProtectionEnabled"] for node in graph.of_type(TABLE)} == {durable}
    assert {node.inputs["deletionWindowInDays"] for node in graph.of_type(KEY)} == {30 if durable else 7}


def test_every_log_group_is_encrypted_and_kept_for_a_set_time(graph: Graph) -> None:
    for group in graph.of_type(LOG_GROUP):
        assert group.inputs["kmsKeyId"] == key_arns(graph)["logs"]
        assert group.inputs["retentionInDays"] >= 30


def test_the_log_key_serves_every_log_group(graph: Graph) -> None:
    (logs,) = (
        statement
        for statement in statements(graph.one(KEY, "logs").inputs["policy"])
        if statement["Sid"] == "Logs"
    )
    patterns = logs["Condition"]["ArnLike"]["kms:EncryptionContext:aws:logs:arn"]
    for group in graph.of_type(LOG_GROUP):
        arn = group.outputs["arn"]
        assert any(arn == one or (one.endswith("*") and arn.startswith(one[:-1])) for one in patterns)
