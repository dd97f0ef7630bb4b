"""What must not get lost."""

from .aws import BUCKETS, KEY, LOG_GROUP, QUEUE, SECRET, TABLE, TRAIL
from .declaring import HIGH, MEDIUM, Resource, Violations, flag, number, policy
from .matching import resource_matches
from .stack import Member, Stack, value_at

DYNAMODB = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide"
BACKUP = "https://docs.aws.amazon.com/aws-backup/latest/devguide"
VAULT = "aws:backup/vault:Vault"
SELECTION = "aws:backup/selection:Selection"
VAULT_LOCK = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
STATEFUL = (TABLE, KEY, SECRET, QUEUE, LOG_GROUP, VAULT, TRAIL, *BUCKETS)
DURABLE = flag(True, "Whether the stack keeps what can't be made again; not where people try things out.")


@policy(
    on=STATEFUL,
    severity=HIGH,
    pci=["6.5.1", "10.3.2"],
    remedy="Set `protect=True` in the resource's options.",
    url="https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
    settings={"durable": DURABLE},
)
def stateful_is_protected(resource: Resource, durable: bool) -> Violations:
    """A mistake in the program can't delete what holds data."""
    if durable and not resource.opts.protect:
        yield "the resource isn't protected"


@policy(
    on=TABLE,
    severity=HIGH,
    pci=[],
    remedy="Set `deletion_protection_enabled=True`.",
    url=f"{DYNAMODB}/WorkingWithTables.Basics.html",
    settings={"durable": DURABLE},
)
def table_has_deletion_protection(table: Resource, durable: bool) -> Violations:
    """AWS refuses to delete a table, whoever asks."""
    if durable and not table.props.get("deletionProtectionEnabled"):
        yield "the table can be deleted"


@policy(
    on=TABLE,
    severity=HIGH,
    pci=[],
    remedy="Set `point_in_time_recovery` to enabled.",
    url=f"{DYNAMODB}/Point-in-time-recovery.html",
)
def table_has_point_in_time_recovery(table: Resource) -> Violations:
    """Every table can be restored as it was at any second of the last weeks."""
    if not value_at(table.props, "pointInTimeRecovery.enabled"):
        yield "the table can't be restored to a point in time"


@policy(
    on=KEY,
    severity=HIGH,
    pci=["3.7.5"],
    remedy="Set `deletion_window_in_days`.",
    url="https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
    settings={"days": number(30, "How long a key that was to be deleted can be had back.")},
)
def key_deletion_waits(key: Resource, days: float) -> Violations:
    """Who deletes a key has time to think again: with a key, all that it encrypts is lost."""
    window = key.props.get("deletionWindowInDays") or 30
    if window < days:
        yield f"the key is gone after {window:.0f} days"


@policy(
    on=SECRET,
    severity=MEDIUM,
    pci=[],
    remedy="Set `recovery_window_in_days`.",
    url="https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
    settings={"days": number(30, "How long a secret that was deleted can be had back.")},
)
def secret_deletion_waits(secret: Resource, days: float) -> Violations:
    """A deleted secret can be had back for a while."""
    window = secret.props.get("recoveryWindowInDays")
    if (30 if window is None else window) < days:
        yield f"the secret is gone after {window:.0f} days"


@policy(
    on=(*BUCKETS, VAULT),
    severity=HIGH,
    pci=["10.3.2"],
    remedy="Leave `force_destroy` out.",
    url="https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucket/",
    settings={"durable": DURABLE},
)
def store_is_not_destroyed_with_content(store: Resource, durable: bool) -> Violations:
    """A bucket or backup vault that isn't empty can't be deleted."""
    if durable and store.props.get("forceDestroy"):
        yield "it is deleted with all that is in it"


@policy(
    on=TABLE,
    severity=HIGH,
    pci=[],
    remedy="Add the table to a backup plan's Selection.",
    url=f"{BACKUP}/assigning-resources.html",
)
def table_is_backed_up(table: Member, stack: Stack) -> Violations:
    """Every table is in a backup plan: recovery to a point in time goes with the table and the account."""
    if not stack.naming(SELECTION, "resources", table) and not any(
        resource_matches(each, table.props.get("arn") or "")
        for selection in stack.of_type(SELECTION)
        for each in selection.props.get("resources") or ()
    ):
        yield "no backup plan has the table"


@policy(
    on=VAULT,
    severity=HIGH,
    pci=["10.3.2"],
    remedy="Add a VaultLockConfiguration with `min_retention_days`.",
    url=f"{BACKUP}/vault-lock.html",
)
def backup_vault_is_locked(vault: Member, stack: Stack) -> Violations:
    """Nobody can delete a backup before its time."""
    locks = stack.naming(VAULT_LOCK, "backupVaultName", vault)
    if not any(lock.props.get("minRetentionDays") for lock in locks):
        yield "its backups can be deleted at once"
