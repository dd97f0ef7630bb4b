"""Backups: of every table, locked, and copied to another region where the stage says so."""

from typing import Any

import pytest

from engine import Graph
from infra.stage import Stage
from tests.infra.graphs import KEY, ROLE, TABLE, Graphs, actions, key_arns, policy_of, statements
from tests.infra.iam import findings

VAULT = "aws:backup/vault:Vault"
LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
PLAN = "aws:backup/plan:Plan"
POLICY = "aws:backup/vaultPolicy:VaultPolicy"
SELECTION = "aws:backup/selection:Selection"
SETTINGS = "aws:backup/regionSettings:RegionSettings"


def rules(graph: Graph) -> dict[str, dict[str, Any]]:
    return {rule["ruleName"]: rule for rule in graph.one(PLAN, "tables").inputs["rules"]}


def by_sid(document: str) -> dict[str, dict[str, Any]]:
    return {statement["Sid"]: statement for statement in statements(document)}


def test_every_table_is_backed_up_and_named(graph: Graph) -> None:
    selection = graph.one(SELECTION, "tables").inputs
    assert sorted(selection["resources"]) == sorted(node.outputs["arn"] for node in graph.of_type(TABLE))
    assert not {"selectionTags", "conditions", "notResources"} & selection.keys()
    assert selection["iamRoleArn"] == graph.one(ROLE, "backup").outputs["arn"]
    assert selection["planId"] == graph.one(PLAN, "tables").id


def test_backups_are_under_a_key_of_their_own(graph: Graph) -> None:
    assert graph.one(VAULT, "backups").inputs["kmsKeyArn"] == key_arns(graph)["backup"]
    settings = graph.one(SETTINGS, "dynamodb").inputs
    # Otherwise DynamoDB makes them in its own way: with the table's key, no copies, no cold storage.
    assert settings["resourceTypeManagementPreference"] == {"DynamoDB": True}
    assert graph.one(SETTINGS, "dynamodb").urn in graph.one(PLAN, "tables").dependencies


@pytest.mark.parametrize(
    ("stack", "daily", "monthly", "cold", "copied"),
    [("dev", 7, 98, 8, set()), ("prod", 7, 98, 8, {"copied"})],
)
def test_backups_are_kept_as_the_stage_says(
    graphs: Graphs, stack: str, daily: int, monthly: int, cold: int, copied: set[str]
) -> None:
    made = rules(graphs(stack))
    assert made.keys() == {"daily", "monthly"} | copied
    assert made["daily"]["schedule"] == "cron(0 1 * * ? *)"
    assert made["daily"]["lifecycle"] == {"deleteAfter": daily}
    assert made["monthly"]["schedule"] == "cron(0 1 1 * ? *)"
    assert made["monthly"]["lifecycle"] == {"deleteAfter": monthly, "coldStorageAfter": cold}
    # AWS Backup refuses less.
    assert monthly >= cold + 90


def test_every_vault_is_locked_and_takes_the_plans_backups(graph: Graph) -> None:
    locked = {node.inputs["backupVaultName"]: node.inputs for node in graph.of_type(LOCK)}
    assert locked.keys() == {node.inputs["name"] for node in graph.of_type(VAULT)}
    for lock in locked.values():
        for rule in rules(graph).values():
            kept = rule["lifecycle"]["deleteAfter"]
            assert lock["minRetentionDays"] <= kept <= lock["maxRetentionDays"]


def test_only_a_durable_stage_can_not_take_its_lock_off(graphs: Graphs) -> None:
    assert {node.inputs["changeableForDays"] for node in graphs("prod").of_type(LOCK)} == {14}
    for stack in ("dev", "local"):
        assert all("changeableForDays" not in node.inputs for node in graphs(stack).of_type(LOCK))
    for stack, durable in (("prod", True), ("dev", False)):
        for vault in graphs(stack).of_type(VAULT):
            assert (vault.protect, vault.inputs["forceDestroy"]) == (durable, not durable)


def test_a_durable_stages_vaults_refuse_the_deletion_of_a_backup_to_everybody(graphs: Graphs) -> None:
    vaults = {node.inputs["name"] for node in graphs("prod").of_type(VAULT)}
    policies = {
        node.inputs["backupVaultName"]: node.inputs["policy"] for node in graphs("prod").of_type(POLICY)
    }
    assert policies.keys() == vaults
    for policy in policies.values():
        (refused,) = statements(policy)
        assert (refused["Effect"], refused["Principal"]) == ("Deny", {"AWS": "*"})
        # All three, or AWS Config's rule fails.
        assert set(refused["Action"]) == {
            "backup:DeleteRecoveryPoint",
            "backup:PutBackupVaultAccessPolicy",
            "backup:UpdateRecoveryPointLifecycle",
        }
    assert graphs("dev").of_type(POLICY) == []


def test_twice_a_week_a_backup_is_copied_to_the_other_region_under_a_key_there(graphs: Graphs) -> None:
    graph = graphs("prod")
    copies, key = graph.one(VAULT, "backup-copies"), graph.one(KEY, "backup-copy")
    assert copies.inputs["region"] == key.inputs["region"] == "eu-central-1"
    assert copies.inputs["kmsKeyArn"] == key.outputs["arn"]
    assert graph.one(LOCK, "backup-copies").inputs["region"] == "eu-central-1"
    assert graph.one("aws:kms/alias:Alias", "backup-copy").inputs["region"] == "eu-central-1"
    made = rules(graph)
    (copy,) = made["copied"]["copyActions"]
    assert copy["destinationVaultArn"] == copies.outputs["arn"]
    assert copy["lifecycle"] == made["copied"]["lifecycle"]
    assert made["copied"]["schedule"] == "cron(0 13 ? * WED,SUN *)"
    # From Sunday to Wednesday are three days, from Wednesday to Sunday four.
    assert copy["lifecycle"] == {"deleteAfter": 5}
    # At another time than the daily ones: AWS Backup makes one of those that begin together.
    assert made["copied"]["schedule"].split()[1] != made["daily"]["schedule"].split()[1]
    assert [made[name].get("copyActions", []) for name in ("daily", "monthly")] == [[], []]


def test_a_stage_without_another_region_copies_nothing(graphs: Graphs) -> None:
    graph = graphs("dev")
    assert {node.name for node in graph.of_type(VAULT)} == {"backups"}
    assert [rule.get("copyActions", []) for rule in rules(graph).values()] == [[], []]


def test_only_backup_and_restore_use_a_vaults_key_and_only_through_the_service(graphs: Graphs) -> None:
    graph = graphs("prod")
    for name, region, users in (
        ("backup", "eu-west-1", ("backup", "restore")),
        ("backup-copy", "eu-central-1", ("backup",)),
    ):
        policy = by_sid(graph.one(KEY, name).inputs["policy"])
        arns = sorted(graph.one(ROLE, user).outputs["arn"] for user in users)
        for sid in ("Backups", "BackupGrants"):
            assert policy[sid]["Principal"]["AWS"] == arns
            via = policy[sid]["Condition"]["StringEquals"]["kms:ViaService"]
            assert via == f"backup.{region}.amazonaws.com"
        assert policy["BackupGrants"]["Condition"]["Bool"] == {"kms:GrantIsForAWSResource": "true"}


def test_the_backup_reads_every_tables_key_through_dynamodb(graph: Graph) -> None:
    for table in graph.of_type(TABLE):
        granted = by_sid(graph.one(KEY, table.name).inputs["policy"])["Backup"]
        assert granted["Principal"]["AWS"] == [graph.one(ROLE, "backup").outputs["arn"]]
        assert actions(granted) == ["kms:Decrypt", "kms:GenerateDataKey"]
        via = granted["Condition"]["StringEquals"]["kms:ViaService"]
        assert via == f"dynamodb.{graph.exports['region']}.amazonaws.com"


def test_a_backup_changes_no_row_and_a_restore_makes_tables_of_this_stage_only(graph: Graph) -> None:
    for role in ("backup", "restore"):
        for statement in policy_of(graph, role):
            for action in actions(statement):
                assert not action.startswith(("dynamodb:Put", "dynamodb:Update", "dynamodb:Delete"))
                assert not action.startswith("backup:Delete")
    stage = Stage(graph.stack, graph.exports["account_id"], graph.exports["region"])
    (restoring,) = (
        statement
        for statement in policy_of(graph, "restore")
        if "dynamodb:RestoreTableFromAwsBackup" in actions(statement)
    )
    assert restoring["Resource"] == stage.arn("dynamodb", f"table/tollgate-{graph.stack}-*")


@pytest.mark.parametrize("role", ["backup", "restore"])
def test_a_roles_policy_is_clean_and_the_service_takes_it_for_this_account_only(
    graph: Graph, role: str
) -> None:
    for statement in policy_of(graph, role):
        assert findings(statement) == set()
        assert not [action for action in actions(statement) if "*" in action]
    (trusted,) = statements(graph.one(ROLE, role).inputs["assumeRolePolicy"])
    assert trusted["Principal"] == {"Service": "backup.amazonaws.com"}
    assert trusted["Condition"] == {"StringEquals": {"aws:SourceAccount": graph.exports["account_id"]}}
