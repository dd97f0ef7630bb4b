"""The documents of the account's policies: pure functions. IAM takes 6,144 characters each, ten to a role."""

from collections.abc import Mapping, Sequence

from bootstrap import guards
from bootstrap.rights.compute import COMPUTE
from bootstrap.rights.data import ARCHIVE, STORAGE
from bootstrap.rights.network import NETWORK
from bootstrap.rights.operating import operating
from bootstrap.rights.packages import PACKAGES
from bootstrap.rights.right import Right
from bootstrap.rights.roles import read_roles, roles
from bootstrap.rights.watching import DETECTION, OBSERVABILITY
from infra.durability import Durability
from infra.stage import Stage
from infra.statements import allow, document

RIGHTS: Mapping[str, Sequence[Right]] = {
    "workload": (*COMPUTE, *STORAGE, *PACKAGES),
    "surroundings": (*ARCHIVE, *NETWORK),
    "watching": (*OBSERVABILITY, *DETECTION),
}


def looking(stage: Stage) -> dict[str, str]:
    """What deploying and previewing both need, by name: how everything is set up."""
    reads = {
        name: [statement for right in rights for statement in right.reading(stage)]
        for name, rights in RIGHTS.items()
    }
    reads["watching"].append(read_roles(stage))
    return {name: document(statements) for name, statements in reads.items()}


def deploying(stage: Stage, state_arn: str) -> dict[str, str]:
    """What deploying needs beside looking, by name. Pulumi's documentation names the calls to its state."""
    writes = {
        name: document([statement for right in rights for statement in right.writing(stage)])
        for name, rights in RIGHTS.items()
    }
    state = [
        allow(["s3:ListBucket"], state_arn),
        allow(["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], f"{state_arn}/*"),
    ]
    return {**writes, "roles": document([*roles(stage), *state])}


def previewing(state_arn: str) -> dict[str, str]:
    """What previewing needs beside looking, by name: to read the state. It doesn't take the state's lock."""
    state = [allow(["s3:ListBucket"], state_arn), allow(["s3:GetObject"], f"{state_arn}/*")]
    return {"state": document(state)}


def operated(stage: Stage) -> dict[str, str]:
    """What the `tollgate` command needs, by name."""
    return {"commands": document(operating(stage))}


def deploy_guard(stage: Stage, durability: Durability, state_arn: str, key_arns: Sequence[str]) -> str:
    """What deploying may never do. `key_arns`: of the state's keys."""
    return document(
        [
            *guards.no_authority(stage, state_arn, key_arns),
            *guards.no_data(stage, state_arn, key_arns),
            *guards.no_loss(durability),
        ]
    )


def preview_guard(stage: Stage, state_arn: str, key_arns: Sequence[str]) -> str:
    """What previewing may never do. `key_arns`: of the state's keys."""
    return document(guards.no_data(stage, state_arn, key_arns))
