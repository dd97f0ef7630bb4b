"""Encryption: one key per class of data, and the keys that the runtime uses by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pulumi
import pulumi_aws as aws

from infra import access, key_policy, publishers
from infra.durability import Durability
from infra.fields import statements as fields
from infra.identity import Identity
from infra.stage import Stage
from infra.statements import WRITING, Statement, document

YEAR = 365


@dataclass(frozen=True)
class KeysArgs:
    """`operators`: principals that deploy and operate the stage. `previewers`: that only compare it with its
    program. `signing`: names of access-token keys. `log_groups`: names. `copy_region`: the other region that
    has copies of backups, if any. `trails`: ARNs of the stage's trails, which are made after their key.
    `alert_topics`: ARNs. `card_fields`: whether the stage delivers them.
    """

    stage: Stage
    durability: Durability
    identity: Identity
    operators: Sequence[str]
    previewers: Sequence[str]
    signing: Sequence[str]
    log_groups: Sequence[str]
    copy_region: str | None
    trails: Sequence[str]
    alert_topics: Sequence[str]
    card_fields: bool


class Keys(pulumi.ComponentResource):
    """All customer managed keys, each with an alias `alias/tollgate-<stage>-<name>`.

    `data` by class of data (`logs`, `alerts`, `archive`, `artifacts`, `backup` and `evidence` included);
    `webhook_secrets` for endpoints' signing secrets;
    `backup_copy` in the other region, if backups are copied there; `wrapping` for merchants' vault keys;
    `cursor` (HMAC) for list cursors; `signing` (ES256) in the settings' order.
    """

    def __init__(self, name: str, args: KeysArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:keys:Keys", name, None, opts)
        self._args = args
        self.data: Mapping[str, aws.kms.Key] = {
            **{data.name: self._data_key(data) for data in access.DATA_CLASSES},
            "logs": self._symmetric(
                "logs", "Log groups", [key_policy.encrypt_logs(args.stage, args.log_groups)]
            ),
            "archive": self._archive_key(),
            "backup": self._backup_key("backup", args.stage, ["backup", "restore"]),
            "artifacts": self._artifacts_key(),
            "evidence": self._symmetric(
                "evidence",
                "The trail and the record of configurations",
                [
                    key_policy.deliver_trail(*args.trails),
                    key_policy.deliver_configuration(args.stage),
                    key_policy.read_through(args.stage, "s3", args.operators),
                ],
            ),
            "alerts": self._symmetric(
                "alerts",
                "Alerts on their way",
                [
                    *publishers.encrypt_alerts(args.stage, args.alert_topics),
                    key_policy.write_through(args.stage, "sns", args.operators),
                ],
            ),
        }
        self.backup_copy = (
            self._backup_key("backup-copy", replace(args.stage, region=args.copy_region), ["backup"])
            if args.copy_region
            else None
        )
        self.wrapping = self._symmetric(
            "wrapping",
            "Merchants' vault keys",
            [
                args.identity.arns(access.UNWRAPPERS).apply(key_policy.unwrap_merchant_keys),
                key_policy.wrap_merchant_keys(args.operators),
            ],
        )
        self.webhook_secrets = self._symmetric(
            "webhook-secrets",
            "Signing secrets of webhook endpoints",
            [
                args.identity.arns(access.SECRET_MAKERS).apply(key_policy.seal_endpoint_secrets),
                args.identity.arns(access.WEBHOOK_SIGNERS).apply(key_policy.open_endpoint_secrets),
            ],
        )
        self.cursor = self._key(
            "cursor",
            "Seals list cursors",
            [self._direct(access.CURSOR_SEALERS, "GenerateMac")],
            customer_master_key_spec="HMAC_256",
            key_usage="GENERATE_VERIFY_MAC",
        )
        self.signing = [self._signing_key(key) for key in args.signing]
        self.register_outputs({})

    def _data_key(self, data: access.DataClass) -> aws.kms.Key:
        stage, identity = self._args.stage, self._args.identity
        operators = pulumi.Output.from_input(list(self._args.operators))
        policy: list[pulumi.Input[Statement]] = []
        if data.service == "dynamodb":
            operators = pulumi.Output.all(*self._args.operators, identity.services["restore"].arn)
            backup = identity.arns(["backup"])
            policy.append(backup.apply(lambda arns: key_policy.back_up_through(stage, data.service, arns)))
        if data.name in access.EXPORTED:
            export = identity.arns(["export"])
            policy.append(export.apply(lambda arns: key_policy.export_through(stage, arns)))
        policy += [
            operators.apply(lambda arns: key_policy.provision_through(stage, data.service, arns)),
            operators.apply(lambda arns: key_policy.delegate_to(stage, data.service, arns)),
        ]
        if data.readers:
            readers = self._args.identity.arns(data.readers)
            # Lambda shows a function's environment only to those who may decrypt it: without that right a
            # comparison finds every variable changed.
            previewers = self._args.previewers if data.service == "lambda" else ()
            policy.append(
                readers.apply(lambda arns: key_policy.read_through(stage, data.service, [*arns, *previewers]))
            )
        if data.writers:
            writers = self._args.identity.arns(data.writers)
            policy.append(writers.apply(lambda arns: key_policy.write_through(stage, data.service, arns)))
        return self._symmetric(data.name, f"Data at rest: {data.name}", policy)

    def _archive_key(self) -> aws.kms.Key:
        stage, identity = self._args.stage, self._args.identity
        archive, results = stage.bucket(access.ARCHIVE), stage.bucket(access.QUERY_RESULTS)
        investigator = identity.investigator.arn
        policy: list[pulumi.Input[Statement]] = [
            identity.arns(access.ARCHIVISTS).apply(
                lambda arns: key_policy.use_for_buckets("Storing", stage, [archive], arns, WRITING)
            ),
            investigator.apply(
                lambda arn: key_policy.use_for_buckets("Reading", stage, [archive], [arn], ["Decrypt"])
            ),
            investigator.apply(
                lambda arn: key_policy.use_for_buckets("Results", stage, [results], [arn], WRITING)
            ),
            key_policy.delegate_to(stage, "firehose", self._args.operators),
        ]
        if self._args.card_fields:
            policy.append(fields.encrypt_logs(stage))
        return self._symmetric("archive", "Archive of logs and exported tables", policy)

    def _artifacts_key(self) -> aws.kms.Key:
        """Lambda reads a package in the name of whoever deploys; a comparison looks at it, too."""
        stage, args = self._args.stage, self._args
        policy = [key_policy.provision_through(stage, "s3", args.operators)]
        if args.previewers:
            policy.append(key_policy.read_through(stage, "s3", args.previewers))
        if args.card_fields:
            policy.append(fields.decrypt_files(stage))
        return self._symmetric("artifacts", "Packages of the functions", policy)

    def _backup_key(self, name: str, stage: Stage, users: Sequence[str]) -> aws.kms.Key:
        """`stage`: with the region that the key is in."""
        region = stage.region if stage.region != self._args.stage.region else None
        operators = self._args.operators
        roles = self._args.identity.arns(users)
        policy: list[pulumi.Input[Statement]] = [
            roles.apply(lambda arns: key_policy.keep_backups(stage, arns)),
            roles.apply(lambda arns: key_policy.delegate_backups(stage, arns)),
            key_policy.provision_through(stage, "backup", operators),
            key_policy.delegate_to(stage, "backup", operators),
        ]
        return self._symmetric(name, "Backups", policy, region=region)

    def _signing_key(self, name: str) -> aws.kms.Key:
        return self._key(
            f"signing-{name}",
            "Signs access tokens",
            [
                self._direct(access.SIGNERS, "Sign"),
                self._direct(access.VERIFIERS, "GetPublicKey"),
            ],
            customer_master_key_spec="ECC_NIST_P256",
            key_usage="SIGN_VERIFY",
        )

    def _direct(self, functions: Sequence[str], operation: str) -> pulumi.Output[Statement]:
        return self._args.identity.arns(functions).apply(
            lambda arns: key_policy.use_directly(arns, operation)
        )

    def _symmetric(
        self,
        name: str,
        description: str,
        policy: Sequence[pulumi.Input[Statement]],
        region: str | None = None,
    ) -> aws.kms.Key:
        return self._key(
            name, description, policy, enable_key_rotation=True, rotation_period_in_days=YEAR, region=region
        )

    def _key(
        self,
        name: str,
        description: str,
        policy: Sequence[pulumi.Input[Statement]],
        *,
        customer_master_key_spec: str | None = None,
        key_usage: str | None = None,
        enable_key_rotation: bool | None = None,
        rotation_period_in_days: int | None = None,
        region: str | None = None,
    ) -> aws.kms.Key:
        stage, durability = self._args.stage, self._args.durability
        key = aws.kms.Key(
            name,
            description=description,
            policy=pulumi.Output.all(key_policy.administer(stage), *policy).apply(document),
            deletion_window_in_days=durability.key_deletion_days,
            customer_master_key_spec=customer_master_key_spec,
            key_usage=key_usage,
            enable_key_rotation=enable_key_rotation,
            rotation_period_in_days=rotation_period_in_days,
            region=region,
            opts=pulumi.ResourceOptions(parent=self, protect=durability.protect),
        )
        aws.kms.Alias(
            name,
            name=f"alias/{stage.physical(name)}",
            target_key_id=key.key_id,
            region=region,
            opts=pulumi.ResourceOptions(parent=key),
        )
        return key
