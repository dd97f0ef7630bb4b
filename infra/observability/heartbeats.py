"""What must happen again and again: each time is counted, so that an alarm can tell when it doesn't."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from infra import access
from infra.archive.statements import EXPORTS
from infra.detection import GLOBAL_REGION, heartbeat_rule_arn
from infra.keys import Keys
from infra.observability.alarm import Severity
from infra.settings import Settings
from infra.stage import Stage
from infra.statements import document, keep_events


@dataclass(frozen=True)
class Heartbeat:
    """`name`: of its rule, after `heartbeat-`. `beats`: what each time is. `pattern`: of the event that tells
    it. `hours`: within which it must be told again, a late one allowed for. `runbook`: what to do if not."""

    name: str
    beats: str
    pattern: Mapping[str, Any]
    hours: int
    runbook: str
    severity: Severity = Severity.NOTICE


def heartbeats(settings: Settings) -> list[Heartbeat]:
    """Every heartbeat of a stage."""
    backup = settings.backup
    return [
        _backup(settings.stage),
        *([_backup_copy(settings, backup.copy_region)] if backup.copy_region else []),
        *_exports(settings),
        *([_worldwide(settings.stage)] if settings.stage.region != GLOBAL_REGION else []),
    ]


def heartbeat_log_name(stage: Stage) -> str:
    """Where each time is written down. EventBridge writes to groups below `/aws/events/` only."""
    return f"/aws/events/{stage.physical('heartbeats')}"


def rule_name(stage: Stage, heartbeat: str) -> str:
    """The rule whose invocations are the beats."""
    return stage.physical(f"heartbeat-{heartbeat}")


def _backup(stage: Stage) -> Heartbeat:
    """A day, an hour to begin and half a day to end (`infra.backup`)."""
    detail = {"state": ["COMPLETED"], "backupVaultName": [stage.physical("backups")]}
    pattern = {"source": ["aws.backup"], "detail-type": ["Backup Job State Change"], "detail": detail}
    return Heartbeat("backup", "A table's backup is done", pattern, 37, "backup-overdue")


def _backup_copy(settings: Settings, region: str) -> Heartbeat:
    """A day, at the most from one copy to the next."""
    stage = settings.stage
    vault = f"arn:aws:backup:{region}:{stage.account_id}:backup-vault:{stage.physical('backup-copies')}"
    detail = {"state": ["COMPLETED"], "destinationBackupVaultArn": [vault]}
    pattern = {"source": ["aws.backup"], "detail-type": ["Copy Job State Change"], "detail": detail}
    hours = 24 * (settings.backup.longest_without_copy + 1)
    meaning = "A backup has been copied to the other Region"
    return Heartbeat("backup-copy", meaning, pattern, hours, "backup-overdue")


def _exports(settings: Settings) -> Iterator[Heartbeat]:
    """One for each table; tables that take turns share one, as a week for each is more than an alarm sees."""
    if settings.archive.export_in_turn:
        yield _export(settings, "export", "A table has been exported", access.EXPORTED)
        return
    for table in access.EXPORTED:
        yield _export(settings, f"export-{table}", f"The table {table} has been exported", (table,))


def _export(settings: Settings, name: str, beats: str, tables: Sequence[str]) -> Heartbeat:
    """DynamoDB tells nobody that an export is done, or has failed; it puts this file when all others are
    there."""
    last = [f"{EXPORTS}{table}/AWSDynamoDB/*/manifest-summary.json" for table in tables]
    detail = {
        "bucket": {"name": [settings.stage.bucket(access.ARCHIVE)]},
        "object": {"key": [{"wildcard": each} for each in last]},
    }
    pattern = {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": detail}
    hours = 24 * settings.archive.longest_without_export + 12
    return Heartbeat(name, beats, pattern, hours, "export-overdue")


def _worldwide(stage: Stage) -> Heartbeat:
    """The way of findings about root, sign-in and IAM, from the Region where they are told to the stage's."""
    pattern = {
        "source": ["aws.events"],
        "detail-type": ["Scheduled Event"],
        "resources": [heartbeat_rule_arn(stage)],
    }
    meaning = f"An event of {GLOBAL_REGION} has reached the stage's Region"
    return Heartbeat("worldwide", meaning, pattern, 3, "worldwide-overdue", Severity.URGENT)


@dataclass(frozen=True)
class HeartbeatsArgs:
    """What beats follows from the settings."""

    settings: Settings
    keys: Keys


class Heartbeats(pulumi.ComponentResource):
    """A rule per heartbeat, which writes the event into `log_group`: without a target nothing is counted."""

    def __init__(self, name: str, args: HeartbeatsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:observability:Heartbeats", name, None, opts)
        settings, stage = args.settings, args.settings.stage
        child = pulumi.ResourceOptions(parent=self)
        self.log_group = aws.cloudwatch.LogGroup(
            "heartbeats",
            name=heartbeat_log_name(stage),
            retention_in_days=settings.log_retention_days,
            kms_key_id=args.keys.data["logs"].arn,
            opts=pulumi.ResourceOptions(parent=self, protect=settings.durability.protect),
        )
        writable = aws.cloudwatch.LogResourcePolicy(
            "heartbeats",
            policy_name=stage.physical("heartbeats"),
            policy_document=self.log_group.arn.apply(lambda arn: document([keep_events(arn)])),
            opts=child,
        )
        for heartbeat in heartbeats(settings):
            rule = aws.cloudwatch.EventRule(
                f"heartbeat-{heartbeat.name}",
                name=rule_name(stage, heartbeat.name),
                description=heartbeat.beats,
                event_pattern=json.dumps(heartbeat.pattern, sort_keys=True),
                state="ENABLED",
                opts=child,
            )
            aws.cloudwatch.EventTarget(
                f"heartbeat-{heartbeat.name}",
                rule=rule.name,
                target_id="log",
                arn=self.log_group.arn,
                opts=pulumi.ResourceOptions(parent=rule, depends_on=[writable]),
            )
        self.register_outputs({})
