"""SQS queues and their policies."""

from __future__ import annotations

from typing import Any

from engine import Applied
from local.provisioning.inputs import Inputs
from local.provisioning.target import Target
from local.provisioning.transport import without_tls_demand

ATTRIBUTES = {
    "fifoQueue": "FifoQueue",
    "contentBasedDeduplication": "ContentBasedDeduplication",
    "deduplicationScope": "DeduplicationScope",
    "fifoThroughputLimit": "FifoThroughputLimit",
    "visibilityTimeoutSeconds": "VisibilityTimeout",
    "messageRetentionSeconds": "MessageRetentionPeriod",
    "receiveWaitTimeSeconds": "ReceiveMessageWaitTimeSeconds",
    "redrivePolicy": "RedrivePolicy",
    "redriveAllowPolicy": "RedriveAllowPolicy",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "kmsDataKeyReusePeriodSeconds": "KmsDataKeyReusePeriodSeconds",
    "policy": "Policy",
}


class Queue:
    def __init__(self, inputs: Inputs) -> None:
        self._name = inputs.need("name")
        self._attributes = {key: _text(value) for key, value in inputs.request(ATTRIBUTES).items()}
        self._tags = inputs.tags()

    def create(self, target: Target) -> Applied:
        created = target.client("sqs").create_queue(
            QueueName=self._name, Attributes=self._attributes, tags=self._tags
        )
        url = created["QueueUrl"]
        return Applied(url, {"url": url, "arn": target.arn("sqs", self._name)})


class QueueAttribute:
    """A policy of a queue that Pulumi has as a resource of its own."""

    input: str

    def __init__(self, inputs: Inputs) -> None:
        self._url = inputs.need("queueUrl")
        self._attribute = {ATTRIBUTES[self.input]: inputs.need(self.input)}

    def create(self, target: Target) -> Applied:
        target.client("sqs").set_queue_attributes(QueueUrl=self._url, Attributes=self._attribute)
        return Applied(self._url, {})


class QueuePolicy:
    def __init__(self, inputs: Inputs) -> None:
        self._url = inputs.need("queueUrl")
        self._policy = without_tls_demand(inputs.need("policy"))

    def create(self, target: Target) -> Applied:
        if self._policy:
            target.client("sqs").set_queue_attributes(QueueUrl=self._url, Attributes={"Policy": self._policy})
        return Applied(self._url, {})


class RedrivePolicy(QueueAttribute):
    input = "redrivePolicy"


class RedriveAllowPolicy(QueueAttribute):
    input = "redriveAllowPolicy"


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
