"""Secrets Manager: containers for secrets, without values."""

from __future__ import annotations

from engine import Applied
from local.provisioning.creator import tag_list
from local.provisioning.inputs import Inputs
from local.provisioning.target import Target


class Secret:
    def __init__(self, inputs: Inputs) -> None:
        inputs.only_in_aws("recoveryWindowInDays")
        names = {"name": "Name", "description": "Description", "kmsKeyId": "KmsKeyId"}
        self._request = inputs.request(names) | {"Tags": tag_list(inputs.tags())}

    def create(self, target: Target) -> Applied:
        arn = target.client("secretsmanager").create_secret(**self._request)["ARN"]
        return Applied(arn, {"arn": arn})


class SecretPolicy:
    def __init__(self, inputs: Inputs) -> None:
        inputs.only_in_aws("blockPublicPolicy")
        self._request = {"SecretId": inputs.need("secretArn"), "ResourcePolicy": inputs.need("policy")}

    def create(self, target: Target) -> Applied:
        target.client("secretsmanager").put_resource_policy(**self._request)
        return Applied(self._request["SecretId"], {})
