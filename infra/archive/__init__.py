"""The archive: what the stage has logged and done, kept where nobody changes it, and how to ask it."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra import access
from infra.archive.buckets import Buckets, BucketsArgs
from infra.archive.catalog import Catalog, CatalogArgs
from infra.archive.delivery import Delivery, DeliveryArgs, error_log_name
from infra.archive.exports import Exports, ExportsArgs
from infra.bucket import Bucket
from infra.data import Data
from infra.identity import Identity
from infra.keys import Keys
from infra.settings import Settings

__all__ = ["Archive", "ArchiveArgs", "error_log_name"]


@dataclass(frozen=True)
class ArchiveArgs:
    """`log_groups`: all that are archived, by a name of their own. `access_logs`: see `BucketArgs`."""

    settings: Settings
    identity: Identity
    keys: Keys
    data: Data
    log_groups: Mapping[str, aws.cloudwatch.LogGroup]
    access_logs: Bucket


class Archive(pulumi.ComponentResource):
    """`bucket`, the archive itself; its parts by name."""

    def __init__(self, name: str, args: ArchiveArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:archive:Archive", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        settings, identity, keys = args.settings, args.identity, args.keys
        buckets = Buckets("archive", BucketsArgs(settings, identity, keys, args.access_logs), child)
        self.bucket = buckets.archive.bucket
        self.delivery = Delivery(
            "archive", DeliveryArgs(settings, identity, keys, buckets, args.log_groups), child
        )
        tables = {table: args.data.tables[table] for table in access.EXPORTED}
        self.exports = Exports("archive", ExportsArgs(settings, identity, keys, buckets, tables), child)
        self.catalog = Catalog("archive", CatalogArgs(settings, identity, keys, buckets), child)
        self.register_outputs({})
