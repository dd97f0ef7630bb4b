"""Cases of `policies/pack/durability.py`."""

from policies.pack import durability
from policies.pack.aws import BUCKET, KEY, SECRET, TABLE
from policies.pack.durability import SELECTION, VAULT, VAULT_LOCK
from tests.policies.case import Case
from tests.policies.patches import change, drop
from tests.policies.resources import UNKNOWN, resource

TABLE_ARN = "arn:aws:dynamodb:eu-west-1:111111111111:table/t"

CASES = [
    Case(
        durability.stateful_is_protected,
        passes=[resource(TABLE, protect=True)],
        fails=[resource(TABLE)],
        unknown=[resource(TABLE, name=UNKNOWN)],
        unknown_is="fails",
        broken=change(TABLE, "payments", {}, protect=False),
    ),
    Case(
        durability.table_has_deletion_protection,
        passes=[resource(TABLE, deletionProtectionEnabled=True)],
        fails=[resource(TABLE)],
        unknown=[resource(TABLE, deletionProtectionEnabled=UNKNOWN)],
        broken=change(TABLE, "payments", {"deletionProtectionEnabled": False}),
    ),
    Case(
        durability.table_has_point_in_time_recovery,
        passes=[resource(TABLE, pointInTimeRecovery={"enabled": True})],
        fails=[resource(TABLE, pointInTimeRecovery={"enabled": False})],
        unknown=[resource(TABLE, pointInTimeRecovery={"enabled": UNKNOWN})],
        broken=change(TABLE, "payments", {"pointInTimeRecovery": None}),
    ),
    Case(
        durability.key_deletion_waits,
        passes=[resource(KEY), resource(KEY, "explicit", deletionWindowInDays=30)],
        fails=[resource(KEY, deletionWindowInDays=7)],
        unknown=[resource(KEY, deletionWindowInDays=UNKNOWN)],
        broken=change(KEY, "vault", {"deletionWindowInDays": 7}),
    ),
    Case(
        durability.secret_deletion_waits,
        passes=[resource(SECRET), resource(SECRET, "explicit", recoveryWindowInDays=30)],
        fails=[resource(SECRET, recoveryWindowInDays=0)],
        unknown=[resource(SECRET, recoveryWindowInDays=UNKNOWN)],
        broken=change(SECRET, "card-keys", {"recoveryWindowInDays": 0}),
    ),
    Case(
        durability.store_is_not_destroyed_with_content,
        passes=[resource(BUCKET, forceDestroy=False), resource(VAULT)],
        fails=[resource(VAULT, forceDestroy=True)],
        unknown=[resource(BUCKET, forceDestroy=UNKNOWN)],
        broken=change(BUCKET, "archive", {"forceDestroy": True}),
    ),
    Case(
        durability.table_is_backed_up,
        passes=[
            resource(TABLE, arn=TABLE_ARN),
            resource(SELECTION, resources=["arn:aws:dynamodb:*:*:table/*"]),
        ],
        fails=[resource(TABLE, arn=TABLE_ARN), resource(SELECTION, resources=[f"{TABLE_ARN}2"])],
        unknown=[resource(TABLE, arn=UNKNOWN), resource(SELECTION, resources=[TABLE_ARN])],
        broken=change(SELECTION, "tables", {"resources": []}),
    ),
    Case(
        durability.backup_vault_is_locked,
        passes=[resource(VAULT, name="v"), resource(VAULT_LOCK, backupVaultName="v", minRetentionDays=30)],
        fails=[resource(VAULT, name="v"), resource(VAULT_LOCK, backupVaultName="v")],
        unknown=[
            resource(VAULT, name="v"),
            resource(VAULT_LOCK, backupVaultName="v", minRetentionDays=UNKNOWN),
        ],
        broken=drop(VAULT_LOCK, "backups"),
    ),
]
