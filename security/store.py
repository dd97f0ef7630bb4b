"""A bucket of evidence: locked, under its own key, read by investigators."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra import key_policy
from infra.bucket import Bucket, BucketArgs
from infra.bucket_policy import bucket_arn
from infra.durability import Durability
from infra.statements import Statement, document
from security.settings import SecuritySettings
from security.statements import read_store

KEPT = Durability.DURABLE


@dataclass(frozen=True)
class StoreArgs:
    """`encrypting` and `writing`: the statements of those who add to the store, on its key and its bucket.
    `access_logs`: gets a line for each request to it."""

    settings: SecuritySettings
    description: str
    encrypting: Sequence[Statement]
    writing: Sequence[Statement]
    access_logs: Bucket


class Store(pulumi.ComponentResource):
    """`bucket_name`, `key`; `secured`: what must exist before anything is put in."""

    def __init__(self, name: str, args: StoreArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:security:Store", name, None, opts)
        settings, stage = args.settings, args.settings.stage
        self.bucket_name = stage.bucket(name)
        self.key = aws.kms.Key(
            name,
            description=args.description,
            policy=document(
                [
                    key_policy.administer(stage),
                    key_policy.read_through(stage, "s3", settings.investigators),
                    *args.encrypting,
                ]
            ),
            deletion_window_in_days=KEPT.key_deletion_days,
            enable_key_rotation=True,
            opts=pulumi.ResourceOptions(parent=self, protect=KEPT.protect),
        )
        aws.kms.Alias(
            name,
            name=f"alias/{stage.physical(name)}",
            target_key_id=self.key.key_id,
            opts=pulumi.ResourceOptions(parent=self.key),
        )
        arn = bucket_arn(self.bucket_name)
        self.secured = Bucket(
            name,
            BucketArgs(
                self.bucket_name,
                KEPT,
                key=self.key,
                object_lock_days=settings.lock_days,
                expire_after_days=settings.expire_after_days,
                access_logs=args.access_logs,
                statements=[*args.writing, read_store(arn, settings.investigators)],
            ),
            pulumi.ResourceOptions(parent=self),
        ).secured
        self.register_outputs({})
