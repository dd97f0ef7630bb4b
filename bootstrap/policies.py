"""The documents of the account's policies, by name: pure functions. IAM takes 6,144 characters in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bootstrap import guards
from bootstrap.rights.compute import COMPUTE
from bootstrap.rights.data import ARCHIVE, STORAGE
from bootstrap.rights.network import NETWORK
from bootstrap.rights.operating import operating
from bootstrap.rights.right import Right
from bootstrap.rights.roles import read_roles, roles
from bootstrap.rights.watching import DETECTION, OBSERVABILITY
from infra.durability import Durability
from infra.stage import Stage
from infra.statements import allow, document

GROUPS: Mapping[str, Sequence[Right]] = {
    "compute": COMPUTE,
    "storage": STORAGE,
    "archive": ARCHIVE,
    "network": NETWORK,
    "observability": OBSERVABILITY,
    "detection": DETECTION,
}
# What the reads of the groups are told in, so that neither document gets too long.
READS = {"workload": ("compute", "storage", "archive"), "account": ("network", "observability", "detection")}


@dataclass(frozen=True)
class State:
    """Where Pulumi's state is: the bucket, and the keys of its objects and of the stack's secrets."""

    bucket_arn: str
    key_arns: Sequence[str]


def deploying(stage: Stage, durability: Durability, state: State) -> dict[str, str]:
    """What the deploying role may do beside looking, and may not do whatever else it is allowed."""
    written = {
        name: document([statement for right in rights for statement in right.writing(stage)])
        for name, rights in GROUPS.items()
    }
    guard = [
        *guards.no_authority(stage, state.bucket_arn, state.key_arns),
        *guards.no_data(state.bucket_arn, state.key_arns),
        *guards.no_loss(durability),
    ]
    return {
        **written,
        "roles": document(roles(stage)),
        "state": document(
            [
                allow(["s3:ListBucket"], state.bucket_arn),
                allow(["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], f"{state.bucket_arn}/*"),
            ]
        ),
        "guard": document(guard),
    }


def looking(stage: Stage) -> dict[str, str]:
    """What deploying and previewing both need: how everything is set up."""
    looked_at = {
        part: [right.reading(stage) for group in groups for right in GROUPS[group]]
        for part, groups in READS.items()
    }
    looked_at["account"].append(read_roles(stage))
    return {part: document(statements) for part, statements in looked_at.items()}


def previewing(state: State) -> dict[str, str]:
    """What the previewing role may do beside looking: read the state. It never takes the state's lock."""
    read = [
        allow(["s3:ListBucket"], state.bucket_arn),
        allow(["s3:GetObject"], f"{state.bucket_arn}/*"),
    ]
    return {
        "state": document(read),
        "guard": document(guards.no_data(state.bucket_arn, state.key_arns)),
    }


def operated(stage: Stage) -> dict[str, str]:
    """What the `tollgate` command does on a stage."""
    return {"commands": document(operating(stage))}
