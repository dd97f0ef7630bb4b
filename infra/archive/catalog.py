"""Asking the archive: its tables in Glue, a workgroup in Athena, saved queries, and who may ask."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra import access
from infra.archive import schema, statements
from infra.archive.buckets import Buckets
from infra.archive.queries import saved_queries
from infra.exclusive import sole_policy
from infra.identity import Identity
from infra.keys import Keys
from infra.settings import Settings
from infra.stage import Stage
from infra.statements import WRITING, document

# About a dollar (Athena asks 5 USD a TB): a question without a day or an export is refused rather than paid.
QUERY_BYTES = 200 * 1024**3


def database_name(stage: Stage) -> str:
    """Athena's names know no hyphens."""
    return stage.physical("archive").replace("-", "_")


@dataclass(frozen=True)
class CatalogArgs:
    """What the catalog is made from."""

    settings: Settings
    identity: Identity
    keys: Keys
    buckets: Buckets


class Catalog(pulumi.ComponentResource):
    """`database`, `workgroup`, and the investigator's rights to both and to what they stand for."""

    def __init__(self, name: str, args: CatalogArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:archive:Catalog", name, None, opts)
        self._args = args
        self._child = pulumi.ResourceOptions(parent=self)
        stage = args.settings.stage
        self._archive = stage.bucket(access.ARCHIVE)
        self._results = stage.bucket(access.QUERY_RESULTS)
        self.database = aws.glue.CatalogDatabase(
            "archive",
            name=database_name(stage),
            description="Logs and exported tables",
            opts=self._child,
        )
        self._log_table()
        for table, fields in schema.ITEMS.items():
            self._exported_table(table, fields)
        self.workgroup = self._workgroup()
        for query in saved_queries():
            aws.athena.NamedQuery(
                query.name,
                name=query.name,
                description=query.description,
                database=self.database.name,
                workgroup=self.workgroup.name,
                query=query.sql,
                opts=self._child,
            )
        self._permissions()
        self.register_outputs({})

    def _log_table(self) -> None:
        days = self._args.settings.archive.expire_after_days
        location = f"s3://{self._archive}/{statements.LOGS}"
        projection = {
            "projection.day.type": "date",
            "projection.day.format": "yyyy/MM/dd",
            "projection.day.range": f"NOW-{days}DAYS,NOW",
            "storage.location.template": f"{location}${{day}}/",
        }
        self._table("logs", "Log events as they came", schema.LOG_EVENTS, "day", location, projection)

    def _exported_table(self, name: str, fields: Mapping[str, str]) -> None:
        """A query names the export that it asks: an export is a partition, and its manifests are left out."""
        location = f"s3://{self._archive}/{statements.EXPORTS}{name}/AWSDynamoDB/"
        projection = {
            "projection.export_id.type": "injected",
            "storage.location.template": f"{location}${{export_id}}/data/",
        }
        columns = {"item": schema.record(fields)}
        self._table(name, f"The table {name}, as exported", columns, "export_id", location, projection)

    def _table(
        self,
        name: str,
        description: str,
        columns: Mapping[str, str],
        partition: str,
        location: str,
        projection: Mapping[str, str],
    ) -> None:
        column = aws.glue.CatalogTableStorageDescriptorColumnArgs
        aws.glue.CatalogTable(
            name,
            name=name,
            database_name=self.database.name,
            description=description,
            table_type="EXTERNAL_TABLE",
            parameters={"EXTERNAL": "TRUE", "projection.enabled": "true", **projection},
            partition_keys=[aws.glue.CatalogTablePartitionKeyArgs(name=partition, type="string")],
            storage_descriptor=aws.glue.CatalogTableStorageDescriptorArgs(
                location=location,
                columns=[column(name=each, type=kind) for each, kind in columns.items()],
                input_format="org.apache.hadoop.mapred.TextInputFormat",
                output_format="org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
                ser_de_info=aws.glue.CatalogTableStorageDescriptorSerDeInfoArgs(
                    serialization_library="org.openx.data.jsonserde.JsonSerDe"
                ),
            ),
            opts=self._child,
        )

    def _workgroup(self) -> aws.athena.Workgroup:
        settings = self._args.settings
        encryption = aws.athena.WorkgroupConfigurationResultConfigurationEncryptionConfigurationArgs(
            encryption_option="SSE_KMS", kms_key_arn=self._args.keys.data["archive"].arn
        )
        return aws.athena.Workgroup(
            "archive",
            name=settings.stage.physical("archive"),
            description="Questions to the archive",
            force_destroy=not settings.durability.deletion_protection,
            configuration=aws.athena.WorkgroupConfigurationArgs(
                # Else a client could have results written elsewhere, unencrypted.
                enforce_workgroup_configuration=True,
                bytes_scanned_cutoff_per_query=QUERY_BYTES,
                publish_cloudwatch_metrics_enabled=True,
                engine_version=aws.athena.WorkgroupConfigurationEngineVersionArgs(
                    selected_engine_version="Athena engine version 3"
                ),
                result_configuration=aws.athena.WorkgroupConfigurationResultConfigurationArgs(
                    output_location=f"s3://{self._results}/",
                    expected_bucket_owner=settings.stage.account_id,
                    encryption_configuration=encryption,
                ),
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=self._args.buckets.query_results.secured),
        )

    def _permissions(self) -> None:
        args, stage = self._args, self._args.settings.stage
        granted = [
            self.workgroup.arn.apply(statements.query),
            statements.look_around(),
            statements.list_databases(stage),
            statements.read_catalog(stage, database_name(stage)),
            *statements.read(self._archive),
            *statements.keep_results(self._results),
            args.keys.data["archive"].arn.apply(lambda arn: statements.use_archive_key(arn, stage, WRITING)),
        ]
        sole_policy(
            "investigator",
            args.identity.investigator,
            pulumi.Output.all(*granted).apply(document),
            self._child,
        )
