"""Buckets, and what the program itself puts into them."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pulumi

from engine import Applied
from local.provisioning.inputs import Inputs
from local.provisioning.target import Target


class Bucket:
    """A bucket that is only there to be put into: nobody else is on the laptop to be kept out."""

    def __init__(self, inputs: Inputs) -> None:
        self._name = inputs.need("bucket")
        inputs.only_in_aws("forceDestroy", "objectLockEnabled")
        inputs.tags()

    def create(self, target: Target) -> Applied:
        target.client("s3").create_bucket(
            Bucket=self._name, CreateBucketConfiguration={"LocationConstraint": target.region}
        )
        return Applied(self._name, {"arn": f"arn:aws:s3:::{self._name}"})


class BucketObject:
    """A file. A new one under another key is put beside the one before."""

    updatable: ClassVar[frozenset[str]] = frozenset({"key", "source"})

    def __init__(self, inputs: Inputs) -> None:
        self._place = {"Bucket": inputs.need("bucket"), "Key": inputs.need("key")}
        self._content = _file_bytes(inputs.need("source"))
        inputs.tags()

    def create(self, target: Target) -> Applied:
        target.client("s3").put_object(**self._place, Body=self._content)
        # Versions are kept in AWS only.
        return Applied("{Bucket}/{Key}".format(**self._place), {"versionId": ""})

    def update(self, target: Target, physical_id: str) -> Applied:
        return self.create(target)


def _file_bytes(source: pulumi.Asset) -> bytes:
    if not isinstance(source, pulumi.FileAsset):
        raise TypeError("source must be a FileAsset")
    return Path(source.path).read_bytes()
