"""EventBridge: rules, whose schedules the emulator keeps within ten seconds, and what they start."""

from __future__ import annotations

from typing import ClassVar

from local.engine import Applied
from local.provisioning.creator import tag_list
from local.provisioning.inputs import Inputs
from local.provisioning.target import Target


class EventRule:
    updatable: ClassVar[frozenset[str]] = frozenset({"description", "scheduleExpression", "state"})

    def __init__(self, inputs: Inputs) -> None:
        names = {
            "description": "Description",
            "scheduleExpression": "ScheduleExpression",
            "state": "State",
        }
        self._name = inputs.need("name")
        self._request = inputs.request(names)
        self._tags = tag_list(inputs.tags())

    def create(self, target: Target) -> Applied:
        rule = target.client("events").put_rule(Name=self._name, Tags=self._tags, **self._request)
        return Applied(self._name, {"arn": rule["RuleArn"]})

    def update(self, target: Target, physical_id: str) -> Applied:
        return self.create(target)


class EventTarget:
    def __init__(self, inputs: Inputs) -> None:
        self._rule = inputs.need("rule")
        self._target = {"Id": inputs.need("targetId"), "Arn": inputs.need("arn")}

    def create(self, target: Target) -> Applied:
        target.client("events").put_targets(Rule=self._rule, Targets=[self._target])
        return Applied(f"{self._rule}-{self._target['Id']}", {})
