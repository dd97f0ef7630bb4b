"""What the functions run: their package, once in a bucket, under the digest of its content."""

import base64
import hashlib
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.bucket import Bucket, BucketArgs
from infra.keys import Keys
from infra.settings import Settings

ARTIFACTS = "artifacts"


@dataclass(frozen=True)
class ArtifactsArgs:
    """`access_logs`: see `BucketArgs`."""

    settings: Settings
    keys: Keys
    access_logs: Bucket


@dataclass(frozen=True)
class Package:
    """An object that is never replaced: its key names its content, and the bucket is locked.

    `digest`: the content's SHA-256 in base64, which is what Lambda answers as a function's `CodeSha256`.
    """

    bucket: pulumi.Output[str]
    key: pulumi.Output[str]
    version: pulumi.Output[str]
    digest: str


class Artifacts(pulumi.ComponentResource):
    """`package`, which this deployment runs. Those of earlier ones stay, for a rollback."""

    def __init__(self, name: str, args: ArtifactsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:artifacts:Artifacts", name, None, opts)
        settings = args.settings
        bucket = Bucket(
            ARTIFACTS,
            BucketArgs(
                settings.stage.bucket(ARTIFACTS),
                settings.durability,
                args.keys.data[ARTIFACTS],
                object_lock_days=settings.archive.object_lock_days,
                access_logs=args.access_logs,
            ),
            pulumi.ResourceOptions(parent=self),
        )
        digest = hashlib.sha256(settings.package_path.read_bytes())
        uploaded = aws.s3.BucketObjectv2(
            "package",
            bucket=bucket.bucket.bucket,
            key=f"tollgate-{digest.hexdigest()}.zip",
            source=pulumi.FileAsset(str(settings.package_path)),
            # A new package is a new object; the one before isn't Pulumi's any more, but stays.
            opts=pulumi.ResourceOptions(parent=bucket, retain_on_delete=True, depends_on=bucket.secured),
        )
        self.package = Package(
            uploaded.bucket,
            uploaded.key,
            uploaded.version_id,
            base64.b64encode(digest.digest()).decode(),
        )
        self.register_outputs({})
