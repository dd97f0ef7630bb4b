"""KMS keys and aliases."""

from __future__ import annotations

from typing import ClassVar

from engine import Applied
from local.provisioning.inputs import Inputs
from local.provisioning.target import Target


class Key:
    updatable: ClassVar[frozenset[str]] = frozenset({"policy"})

    def __init__(self, inputs: Inputs) -> None:
        self._rotated = inputs.take("enableKeyRotation", False)
        inputs.only_in_aws("deletionWindowInDays", "rotationPeriodInDays")
        self._request = inputs.request(
            {
                "description": "Description",
                "keyUsage": "KeyUsage",
                "customerMasterKeySpec": "KeySpec",
                "multiRegion": "MultiRegion",
            }
        )
        self._policy = inputs.take("policy")
        self._tags = [{"TagKey": key, "TagValue": value} for key, value in inputs.tags().items()]

    def create(self, target: Target) -> Applied:
        kms = target.client("kms")
        policy = {"Policy": self._policy} if self._policy else {}
        metadata = kms.create_key(**self._request, **policy, Tags=self._tags)["KeyMetadata"]
        if self._rotated:
            kms.enable_key_rotation(KeyId=metadata["KeyId"])
        return Applied(metadata["KeyId"], {"keyId": metadata["KeyId"], "arn": metadata["Arn"]})

    def update(self, target: Target, physical_id: str) -> Applied:
        target.client("kms").put_key_policy(KeyId=physical_id, PolicyName="default", Policy=self._policy)
        return Applied(physical_id, {"keyId": physical_id, "arn": target.arn("kms", f"key/{physical_id}")})


class Alias:
    def __init__(self, inputs: Inputs) -> None:
        self._name = inputs.need("name")
        self._key = inputs.need("targetKeyId")

    def create(self, target: Target) -> Applied:
        target.client("kms").create_alias(AliasName=self._name, TargetKeyId=self._key)
        return Applied(self._name, {"arn": target.arn("kms", self._name)})
