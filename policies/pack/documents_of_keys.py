"""Who may do what with a key: its policy is the only place where that is decided."""

from .aws import KEY
from .declaring import CRITICAL, HIGH, Resource, Violations, policy
from .documents import statements

POLICIES = "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html"
# With these somebody uses the key, with those somebody decides who may.
USE = (
    "kms:Decrypt",
    "kms:DeriveSharedSecret",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyPair",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:GenerateMac",
    "kms:ReEncryptFrom",
    "kms:Sign",
)
DECISION = ("kms:PutKeyPolicy",)


@policy(
    on=KEY,
    severity=CRITICAL,
    pci=["3.6.1.3", "7.2.5"],
    remedy="Give the key a policy that names the roles and services that need it.",
    url=POLICIES,
)
def key_policy_names_principals(key: Resource) -> Violations:
    """A key's policy names who may use the key.

    A key without a policy of its own, or with everybody in it, is open to whoever has an IAM policy for it.
    """
    if not key.props.get("policy"):
        yield "the key has no policy of its own: IAM policies alone open it"
    for statement in statements(key.props.get("policy")):
        if statement.is_open() and not statement.binds():
            yield f"{statement.words()} is for everybody"


@policy(
    on=KEY,
    severity=HIGH,
    pci=["3.6.1.3", "3.7.6", "7.2.2"],
    remedy="Give administrators the verbs of administration, and who needs the data those of use.",
    url="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
)
def key_policy_separates_duties(key: Resource) -> Violations:
    """Nobody may both use a key and decide who may use it.

    AWS's default policy gives the account both (`kms:*`): every administrator could read card data.
    """
    users: set[str] = set()
    deciders: set[str] = set()
    for statement in statements(key.props.get("policy")):
        if statement.allows:
            principals = {value for _, value in statement.principals}
            users |= principals if statement.is_about(*USE) else set()
            deciders |= principals if statement.is_about(*DECISION) else set()
    for both in sorted(users & deciders):
        yield f"{both} may use the key and change its policy"


@policy(
    on=KEY,
    severity=HIGH,
    pci=["3.6.1", "3.7.5"],
    remedy="Leave `bypass_policy_lockout_safety_check` out.",
    url=POLICIES,
)
def key_keeps_its_lockout_check(key: Resource) -> Violations:
    """KMS checks that somebody can still change a key's policy.

    Without that check a policy may lock everybody out of the data for ever.
    """
    if key.props.get("bypassPolicyLockoutSafetyCheck"):
        yield "the check against locking everybody out is bypassed"
