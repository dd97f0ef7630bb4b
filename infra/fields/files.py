"""The released files, in a bucket that CloudFront alone reads."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.bucket import Bucket, BucketArgs
from infra.fields import statements
from infra.fields.headers import Kind, headers_of, kind_of
from infra.fields.release import files, media_type, newest_path, path_of
from infra.keys import Keys
from infra.settings import Settings

FILES = "card-fields"
# How long CloudFront keeps a page: its folder's name doesn't say which API it names.
PAGE_SECONDS = 60


@dataclass(frozen=True)
class FilesArgs:
    """`api`: the API's URL. `access_logs`: see `BucketArgs`."""

    settings: Settings
    keys: Keys
    api: str
    access_logs: Bucket


class Files(pulumi.ComponentResource):
    """`origin`: where CloudFront fetches them; `uploaded`: the objects of this release.

    Those of earlier releases stay: a shop's page names the one that it was written for.
    """

    def __init__(self, name: str, args: FilesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:fields:Files", name, None, opts)
        stage = args.settings.stage
        physical_name = stage.bucket(FILES)
        bucket = Bucket(
            FILES,
            BucketArgs(
                physical_name,
                args.settings.durability,
                args.keys.data["artifacts"],
                access_logs=args.access_logs,
                statements=[statements.read_files(stage, physical_name)],
            ),
            pulumi.ResourceOptions(parent=self),
        )
        self.origin = f"{physical_name}.s3.{stage.region}.amazonaws.com"
        self.uploaded: list[pulumi.Resource] = [
            aws.s3.BucketObjectv2(
                _name(path),
                bucket=bucket.bucket.bucket,
                key=path.removeprefix("/"),
                content=content.decode(),
                content_type=media_type(path),
                cache_control=_kept_by_cloudfront(kind_of(path)),
                opts=pulumi.ResourceOptions(parent=bucket, retain_on_delete=True, depends_on=bucket.secured),
            )
            for path, content in files(args.api).items()
        ]
        self.register_outputs({})


def _name(path: str) -> str:
    """The same in every release: the key alone changes."""
    return path.removeprefix(path_of("")) if path != newest_path() else path.removeprefix("/")


def _kept_by_cloudfront(kind: Kind) -> str:
    """What a browser is told is in the headers policies."""
    if kind is Kind.PAGE:
        return f"max-age={PAGE_SECONDS}"
    return headers_of(kind)["Cache-Control"]
