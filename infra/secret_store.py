"""Secrets: the containers only. Values are put by the `tollgate` command and never pass through Pulumi."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.durability import Durability
from infra.keys import Keys
from infra.stage import Stage


@dataclass(frozen=True)
class SecretStoreArgs:
    """`processor_accounts`: the names of accounts that need credentials."""

    stage: Stage
    durability: Durability
    keys: Keys
    processor_accounts: Sequence[str]


class SecretStore(pulumi.ComponentResource):
    """`card_keys`: private keys that open encrypted cards. `processors`: credentials by processor account."""

    def __init__(self, name: str, args: SecretStoreArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:secret_store:SecretStore", name, None, opts)
        self._args = args
        self.card_keys = self._secret("card-keys", "Private keys that open encrypted cards")
        self.processors = {
            account: self._secret(f"processor-{account}", f"Credentials of processor account {account}")
            for account in args.processor_accounts
        }
        self.register_outputs({})

    def _secret(self, name: str, description: str) -> aws.secretsmanager.Secret:
        args = self._args
        return aws.secretsmanager.Secret(
            name,
            name=args.stage.physical(name),
            description=description,
            kms_key_id=args.keys.data["secrets"].arn,
            recovery_window_in_days=args.durability.secret_recovery_days,
            opts=pulumi.ResourceOptions(parent=self, protect=args.durability.protect),
        )
