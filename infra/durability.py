"""How hard it is to lose what a stage holds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Durability:
    """`protect` guards against the program (Pulumi refuses to delete), `deletion_protection` against
    everybody (DynamoDB refuses). The windows are the days in which a deletion can be taken back."""

    protect: bool
    deletion_protection: bool
    key_deletion_days: int
    secret_recovery_days: int


DURABILITY = {
    "ephemeral": Durability(
        protect=False, deletion_protection=False, key_deletion_days=7, secret_recovery_days=7
    ),
    "durable": Durability(
        protect=True, deletion_protection=True, key_deletion_days=30, secret_recovery_days=30
    ),
}
