"""How hard it is to lose what a stage holds."""

from enum import StrEnum


class Durability(StrEnum):
    """`ephemeral`: can be thrown away with the stack. `durable`: neither by mistake nor by one person."""

    EPHEMERAL = "ephemeral"
    DURABLE = "durable"

    @property
    def protect(self) -> bool:
        """Whether Pulumi refuses to delete it."""
        return self is Durability.DURABLE

    @property
    def deletion_protection(self) -> bool:
        """Whether AWS refuses to delete it, whoever asks."""
        return self is Durability.DURABLE

    @property
    def key_deletion_days(self) -> int:
        """In which the deletion of a key can be taken back."""
        return 30 if self is Durability.DURABLE else 7

    @property
    def secret_recovery_days(self) -> int:
        """In which the deletion of a secret can be taken back. Its name is taken until they are over, so an
        ephemeral stage, which is made again under the same names, has none."""
        return 30 if self is Durability.DURABLE else 0

    @property
    def object_lock_mode(self) -> str:
        """Who may remove a locked object early: nobody, not even root, or operators with the right to bypass.

        A store of audit records wants the first (PCI DSS 10.3: protected from alteration); a stage that is
        thrown away needs the second.
        """
        return "COMPLIANCE" if self is Durability.DURABLE else "GOVERNANCE"
