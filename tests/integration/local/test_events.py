"""AWS's own events on the laptop: their rules are understood, and never asked of the emulator."""

from typing import Any

import pytest

from engine import Applied
from local.provisioning.creator import Creator
from local.provisioning.events import EventRule, EventTarget
from local.provisioning.inputs import Inputs, LeftoverInputsError
from local.provisioning.target import Target

# Nothing listens there: a call fails.
NOWHERE = Target("http://127.0.0.1:9", account="111111111111", region="eu-west-1", api_id="tollgate")


def made(kind: type[Creator], **inputs: Any) -> Applied:
    given = Inputs(inputs)
    creator = kind(given)
    given.finish()
    return creator.create(NOWHERE)


def test_a_rule_for_events_of_aws_gets_an_arn() -> None:
    rule = made(
        EventRule,
        name="finding-root",
        eventPattern='{"source": ["aws.kms"]}',
        state="ENABLED",
        region="us-east-1",
    )
    assert rule == Applied("finding-root", {"arn": "arn:aws:events:eu-west-1:111111111111:rule/finding-root"})


@pytest.mark.parametrize(
    "arn",
    [
        "arn:aws:sns:eu-west-1:111111111111:tollgate-local-urgent",
        "arn:aws:events:eu-west-1:111111111111:event-bus/default",
    ],
)
def test_a_target_that_is_no_function_is_only_counted(arn: str) -> None:
    words = {"inputTemplate": '"<call>"', "inputPaths": {"call": "$.detail.eventName"}}
    target = made(EventTarget, rule="finding-root", targetId="root", arn=arn, inputTransformer=words)
    assert target == Applied("finding-root-root", {})


def test_what_would_change_a_functions_target_is_still_refused() -> None:
    with pytest.raises(LeftoverInputsError, match="sqsTarget"):
        made(
            EventTarget,
            rule="r",
            targetId="t",
            arn="arn:aws:sns:eu-west-1:1:t",
            sqsTarget={"messageGroupId": "1"},
        )
