"""CloudWatch log groups."""

from __future__ import annotations

from typing import ClassVar

from engine import Applied
from local.provisioning.inputs import Inputs
from local.provisioning.target import Target


class LogGroup:
    updatable: ClassVar[frozenset[str]] = frozenset({"retentionInDays"})

    def __init__(self, inputs: Inputs) -> None:
        self._name = inputs.need("name")
        self._retention = inputs.take("retentionInDays")
        inputs.only_in_aws("skipDestroy")
        names = {"kmsKeyId": "kmsKeyId", "logGroupClass": "logGroupClass"}
        self._request = inputs.request(names) | {"tags": inputs.tags()}

    def create(self, target: Target) -> Applied:
        target.client("logs").create_log_group(logGroupName=self._name, **self._request)
        return self.update(target, self._name)

    def update(self, target: Target, physical_id: str) -> Applied:
        if self._retention:
            target.client("logs").put_retention_policy(
                logGroupName=self._name, retentionInDays=self._retention
            )
        return Applied(self._name, {"arn": target.arn("logs", f"log-group:{self._name}")})
