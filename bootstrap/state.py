"""Where Pulumi keeps the state of everything in the account, and the keys of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from bootstrap.settings import AccountSettings
from infra import key_policy
from infra.bucket import Bucket, BucketArgs
from infra.durability import Durability
from infra.statements import Statement, document

# Losing the state is losing the stage, whatever that holds.
KEPT = Durability.DURABLE


@dataclass(frozen=True)
class StateArgs:
    """`writers`: roles that change the state. `readers`: roles that look at it."""

    settings: AccountSettings
    writers: Sequence[pulumi.Input[str]]
    readers: Sequence[pulumi.Input[str]]


class State(pulumi.ComponentResource):
    """`bucket_name`: versioned, under `objects`, a key of its own. `secrets`: the key of stacks' secrets.

    Pulumi opens a stack's secrets when it begins, even if there are none: previewing needs `Decrypt` as
    deploying does. The stage's program has no secrets (its tests see to that), so it opens nothing.
    """

    def __init__(self, name: str, args: StateArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("tollgate:bootstrap:State", name, None, opts)
        self._args = args
        settings = args.settings
        stage, people = settings.stage, list(settings.administrators)
        writers = pulumi.Output.all(*args.writers, *people)
        readers = pulumi.Output.all(*args.writers, *args.readers, *people)
        self.objects = self._key(
            "state",
            "State of Pulumi's stacks",
            [
                readers.apply(lambda roles: key_policy.read_through(stage, "s3", roles)),
                writers.apply(lambda roles: key_policy.write_through(stage, "s3", roles)),
            ],
        )
        self.secrets = self._key(
            "pulumi",
            "Secrets in Pulumi's stacks",
            [
                readers.apply(lambda roles: key_policy.use_directly(roles, "Decrypt")),
                # `pulumi stack init` seals the stack's own key.
                key_policy.use_directly(people, "Encrypt"),
            ],
        )
        self.bucket_name = stage.bucket("state")
        Bucket(
            "state",
            BucketArgs(self.bucket_name, KEPT, key=self.objects),
            pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({})

    def _key(self, name: str, description: str, policy: Sequence[pulumi.Input[Statement]]) -> aws.kms.Key:
        stage = self._args.settings.stage
        key = aws.kms.Key(
            name,
            description=description,
            policy=pulumi.Output.all(key_policy.administer(stage), *policy).apply(document),
            deletion_window_in_days=KEPT.key_deletion_days,
            enable_key_rotation=True,
            opts=pulumi.ResourceOptions(parent=self, protect=KEPT.protect),
        )
        aws.kms.Alias(
            name,
            name=f"alias/{stage.physical(name)}",
            target_key_id=key.key_id,
            opts=pulumi.ResourceOptions(parent=key),
        )
        return key
