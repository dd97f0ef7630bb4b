"""Who has reached for the evidence, whatever came of it."""

import pulumi

from infra import bucket_policy
from infra.bucket import Bucket, BucketArgs
from infra.durability import Durability
from security.settings import SecuritySettings


class AccessLogs(pulumi.ComponentResource):
    """`bucket`: S3 writes a line here for each request to another bucket of the account's program."""

    def __init__(
        self, name: str, settings: SecuritySettings, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("tollgate:security:AccessLogs", name, None, opts)
        stage = settings.stage
        physical = stage.bucket(name)
        self.bucket = Bucket(
            name,
            BucketArgs(
                physical,
                Durability.DURABLE,
                expire_after_days=settings.expire_after_days,
                statements=[bucket_policy.receive_access_logs(stage, bucket_policy.bucket_arn(physical))],
            ),
            pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})
