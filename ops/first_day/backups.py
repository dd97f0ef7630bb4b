"""Whether a table can be backed up, and the backup copied to the other Region."""

from __future__ import annotations

from typing import Any

from ops.first_day.bench import Bench, BrokenError
from ops.first_day.trial import trial

COPIES = "backup-copies"
LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
ROLE = "aws:iam/role:Role"
TABLE = "aws:dynamodb/table:Table"
VAULT = "aws:backup/vault:Vault"
ENDED = ("ABORTED", "COMPLETED", "EXPIRED", "FAILED", "PARTIAL")


@trial(
    "backup:StartBackupJob",
    "backup:DescribeBackupJob",
    "backup:StartCopyJob",
    "backup:DescribeCopyJob",
    "iam:PassRole",
    shows="The backup's role is trusted, may use the vaults' keys by grants, and tag what it makes",
    open_until="whether AWS Backup sends `aws:SourceAccount`, and through which service it asks for grants",
    does="backs the table `clients` up for as long as the vault's lock asks at least",
    otherwise="The job's message names the right: infra/backup_statements.py, infra/key_policy.py.",
)
def a_table_is_backed_up_and_copied(bench: Bench) -> str:
    graph, account = bench.account.graph, bench.account
    vault = graph.one(VAULT, "backups").inputs["name"]
    role = f"arn:aws:iam::{account.id}:role/{graph.one(ROLE, 'backup').inputs['name']}"
    kept = {"DeleteAfterDays": graph.one(LOCK, "backups").inputs["minRetentionDays"]}
    table = graph.one(TABLE, "clients").inputs["name"]
    job = bench.ask(
        "backup",
        "StartBackupJob",
        BackupVaultName=vault,
        ResourceArn=f"arn:aws:dynamodb:{account.region}:{account.id}:table/{table}",
        IamRoleArn=role,
        Lifecycle=kept,
    )["BackupJobId"]
    made = _ended(bench, "DescribeBackupJob", {"BackupJobId": job}, None)
    said = f"{made['RecoveryPointArn']} in {vault}"
    if not [node for node in graph.of_type(VAULT) if node.name == COPIES]:
        return said
    there = graph.one(VAULT, COPIES).inputs
    copy = bench.ask(
        "backup",
        "StartCopyJob",
        RecoveryPointArn=made["RecoveryPointArn"],
        SourceBackupVaultName=vault,
        DestinationBackupVaultArn=f"arn:aws:backup:{there['region']}:{account.id}:backup-vault:{there['name']}",
        IamRoleArn=role,
        Lifecycle=kept,
    )["CopyJobId"]
    _ended(bench, "DescribeCopyJob", {"CopyJobId": copy}, "CopyJob")
    return f"{said}, and a copy in {there['region']}"


def _ended(bench: Bench, operation: str, job: dict[str, str], member: str | None) -> dict[str, Any]:
    def ended() -> dict[str, Any] | None:
        answer = bench.ask("backup", operation, **job)
        state = answer[member] if member else answer
        return dict(state) if state["State"] in ENDED else None

    state = bench.until(20, ended, f"{next(iter(job.values()))} hasn't ended")
    if state["State"] != "COMPLETED":
        raise BrokenError(f"{state['State']}: {state.get('StatusMessage', '')}")
    return state


TRIALS = (a_table_is_backed_up_and_copied,)
