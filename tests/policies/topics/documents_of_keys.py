"""Cases of `policies/pack/documents_of_keys.py`."""

from policies.pack import documents_of_keys
from policies.pack.aws import KEY
from tests.policies.case import Case
from tests.policies.patches import allow_also, change
from tests.policies.resources import UNKNOWN, document, resource

ROOT = {"AWS": "arn:aws:iam::111111111111:root"}
ROLE = {"AWS": "arn:aws:iam::111111111111:role/reader"}
APART = document(
    {"Action": ["kms:PutKeyPolicy"], "Resource": "*", "Principal": ROOT},
    {"Action": "kms:Decrypt", "Resource": "*", "Principal": ROLE},
)
EVERYBODY_HERE = document(
    {
        "Action": "kms:Decrypt",
        "Resource": "*",
        "Principal": "*",
        "Condition": {"StringEquals": {"kms:CallerAccount": "111111111111"}},
    }
)
EVERYBODY = {"Action": "kms:Decrypt", "Resource": "*", "Principal": {"AWS": "*"}}
DEFAULT = document({"Action": "kms:*", "Resource": "*", "Principal": ROOT})

CASES = [
    Case(
        documents_of_keys.key_policy_names_principals,
        passes=[resource(KEY, policy=APART), resource(KEY, "here", policy=EVERYBODY_HERE)],
        fails=[resource(KEY, policy=document(EVERYBODY))],
        unknown=[resource(KEY, policy=UNKNOWN)],
        broken=allow_also(KEY, "clients", EVERYBODY),
    ),
    Case(
        documents_of_keys.key_policy_separates_duties,
        passes=[resource(KEY, policy=APART)],
        fails=[resource(KEY, policy=DEFAULT)],
        unknown=[resource(KEY, policy=UNKNOWN)],
        broken=allow_also(
            KEY,
            "clients",
            {
                "Action": ["kms:Decrypt"],
                "Resource": "*",
                "Principal": {"AWS": "arn:aws:iam::333333333333:root"},
            },
        ),
    ),
    Case(
        documents_of_keys.key_keeps_its_lockout_check,
        passes=[resource(KEY)],
        fails=[resource(KEY, bypassPolicyLockoutSafetyCheck=True)],
        unknown=[resource(KEY, bypassPolicyLockoutSafetyCheck=UNKNOWN)],
        broken=change(KEY, "vault", {"bypassPolicyLockoutSafetyCheck": True}),
    ),
]
