"""What the worker gave up on goes back to it."""

import json
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from onboarding import Stage
from ops.command import app
from ops.dead_letters import DeadLetters
from tests.e2e.caller import Caller, Object
from tests.integration.local.project import eventually


def redrive(state_dir: Path, *arguments: str) -> str:
    environment = {"TOLLGATE_STATE_DIR": str(state_dir), "COLUMNS": "200"}
    done = CliRunner().invoke(app, ["redrive", *arguments], env=environment)
    assert done.exit_code == 0, done.output
    return done.stdout


def bury(letters: DeadLetters, payment: Object) -> None:
    """As the queue does with a message that failed too often."""
    letters.sqs.send_message(
        QueueUrl=letters.dead,
        MessageBody=json.dumps({"payment_id": payment["id"]}),
        MessageGroupId=payment["id"],
        MessageDeduplicationId=str(uuid.uuid4()),
    )


def test_dead_letters_are_shown_and_then_worked_off(
    shop: Caller, stage: Stage, state_dir: Path, local: Mapping[str, Any]
) -> None:
    first, second = shop.pay(), shop.pay()
    letters = DeadLetters.of(stage)
    for payment in (first, second):
        bury(letters, payment)
    shown = redrive(state_dir)
    assert shown.index(first["id"]) < shown.index(second["id"])
    assert "1 moved, 1 left" in redrive(state_dir, "--count", "1")
    assert first["id"] not in redrive(state_dir)
    assert "1 moved, 0 left" in redrive(state_dir, "--count", "5")
    for payment in (first, second):
        eventually(lambda payment=payment: followed_up(stage, local, payment))
    assert "Nothing was given up on" in redrive(state_dir)


def followed_up(stage: Stage, local: Mapping[str, Any], payment: Object) -> bool:
    """Whether the worker's log says that it has looked at the payment."""
    logs = stage.session.client("logs", endpoint_url=stage.endpoint_url)
    (group,) = [name for name in local["log_groups"] if name.endswith("-worker")]
    pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group)
    return any(payment["id"] in event["message"] for page in pages for event in page["events"])
