"""EventBridge: rules, whose schedules the emulator keeps within ten seconds, and the functions they start.

AWS's own events don't happen on a laptop: rules for those get an ARN and are otherwise only counted.
"""

from __future__ import annotations

from typing import ClassVar

from engine import Applied
from local.provisioning.creator import tag_list
from local.provisioning.inputs import Inputs
from local.provisioning.target import Target

FUNCTION = "arn:aws:lambda:"


class EventRule:
    updatable: ClassVar[frozenset[str]] = frozenset(
        {"description", "eventPattern", "scheduleExpression", "state"}
    )

    def __init__(self, inputs: Inputs) -> None:
        names = {
            "description": "Description",
            "scheduleExpression": "ScheduleExpression",
            "state": "State",
        }
        self._name = inputs.need("name")
        self._pattern = inputs.take("eventPattern")
        inputs.only_in_aws("region")
        self._request = inputs.request(names)
        self._tags = tag_list(inputs.tags())

    def create(self, target: Target) -> Applied:
        if self._pattern is not None:
            return Applied(self._name, {"arn": target.arn("events", f"rule/{self._name}")})
        rule = target.client("events").put_rule(Name=self._name, Tags=self._tags, **self._request)
        return Applied(self._name, {"arn": rule["RuleArn"]})

    def update(self, target: Target, physical_id: str) -> Applied:
        return self.create(target)


class EventTarget:
    updatable: ClassVar[frozenset[str]] = frozenset({"inputTransformer", "roleArn"})

    def __init__(self, inputs: Inputs) -> None:
        self._rule = inputs.need("rule")
        self._target = {"Id": inputs.need("targetId"), "Arn": inputs.need("arn")}
        inputs.only_in_aws("inputTransformer", "roleArn", "region")

    def create(self, target: Target) -> Applied:
        if not self._target["Arn"].startswith(FUNCTION):
            return Applied(f"{self._rule}-{self._target['Id']}", {})
        target.client("events").put_targets(Rule=self._rule, Targets=[self._target])
        return Applied(f"{self._rule}-{self._target['Id']}", {})

    def update(self, target: Target, physical_id: str) -> Applied:
        return self.create(target)
