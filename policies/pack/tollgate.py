"""What holds for Tollgate alone. Other programs switch it off: `policies/config/other-programs.json`."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from .aws import FUNCTION, KEY, ROLE, ROLE_POLICY, SECURITY_GROUP, TABLE, TRAIL
from .cloudfront import DISTRIBUTION
from .declaring import CRITICAL, HIGH, Resource, Violations, policy, text, words
from .documents import statements
from .network import ANYWHERE, EGRESS_RULE, addresses
from .stack import Member, Stack

PCI = "https://docs.aws.amazon.com/whitepapers/latest/pci-dss-scoping-on-aws/pci-dss-scoping-on-aws.html"
READING = (
    "dynamodb:BatchGetItem",
    "dynamodb:ExportTableToPointInTime",
    "dynamodb:GetItem",
    "dynamodb:GetRecords",
    "dynamodb:PartiQLSelect",
    "dynamodb:Query",
    "dynamodb:Scan",
)
CHANGING = (
    "dynamodb:BatchWriteItem",
    "dynamodb:DeleteItem",
    "dynamodb:PartiQLDelete",
    "dynamodb:PartiQLUpdate",
    "dynamodb:UpdateItem",
)
CARD_READERS = words(["checkout", "payments", "tokens", "worker"], "The roles that may see cards.")
VAULT = text("vault", "The table with card ciphertext.")


def _roles_with(stack: Stack, actions: tuple[str, ...], table: Member) -> set[str]:
    """The roles whose policies allow one of the actions on the table or its indexes."""
    return {
        role.name
        for document in stack.of_type(ROLE_POLICY)
        for statement in statements(document.props.get("policy"))
        if statement.allows
        and statement.reaches(table.props.get("arn") or "")
        and statement.is_about(*actions)
        for role in stack.named(document, "role", ROLE)
    }


def _key_users(key: Member, stack: Stack, action: str) -> Iterator[tuple[str, str]]:
    """Name and ARN of everybody who may do this with the key; the name is empty outside the stack."""
    names = {role.props.get("arn"): role.name for role in stack.of_type(ROLE)}
    for statement in statements(key.props.get("policy")):
        if statement.allows and statement.is_about(action):
            yield from ((names.get(value, ""), value) for _, value in statement.principals)


@policy(
    on=TABLE,
    severity=CRITICAL,
    pci=["3.5.1", "7.2.2", "7.2.6"],
    remedy="Take the right from the role; if it is truly needed, name the role in `readers`.",
    url=PCI,
    settings={"vault": VAULT, "readers": CARD_READERS},
)
def tollgate_vault_has_known_readers(
    table: Member, stack: Stack, vault: str, readers: list[str]
) -> Violations:
    """Exactly four roles read the table with card ciphertext."""
    if table.name != vault:
        return
    found = _roles_with(stack, READING, table)
    yield from (f"{name} may read the vault" for name in sorted(found - set(readers)))
    yield from (f"{name} should, and may not" for name in sorted(set(readers) - found))


@policy(
    on=KEY,
    severity=CRITICAL,
    pci=["3.6.1.3", "7.2.2", "7.2.6"],
    remedy="Take the principal out of the key's policy; if it is truly needed, name it in the settings.",
    url=PCI,
    settings={
        "wrapping": text("wrapping", "The key that wraps merchants' vault keys."),
        "vault": text("vault", "The key of the table with card ciphertext."),
        "readers": CARD_READERS,
        "keepers": words(
            [
                "*:role/tollgate-deploy",
                "*:role/tollgate-operator",
                "*:role/tollgate-*-backup",
                "*:role/tollgate-*-restore",
            ],
            "Patterns of principals that handle the table as a whole, and can't unwrap what is in it.",
        ),
    },
)
def tollgate_card_keys_have_known_users(
    key: Member, stack: Stack, wrapping: str, vault: str, readers: list[str], keepers: list[str]
) -> Violations:
    """Only the four roles that see cards decrypt with the keys of card data."""
    if key.name not in (wrapping, vault):
        return
    for name, arn in _key_users(key, stack, "kms:Decrypt"):
        keeper = key.name == vault and any(fnmatchcase(arn, each) for each in keepers)
        if name not in readers and not keeper:
            yield f"{name or arn} may decrypt with it"


@policy(
    on=KEY,
    severity=CRITICAL,
    pci=["3.6.1.3", "8.3.2"],
    remedy="Take the principal out of the key's policy.",
    url=PCI,
    settings={
        "keys": text("signing-*", "A pattern of the keys that sign access tokens."),
        "signers": words(["identity"], "The roles that sign."),
    },
)
def tollgate_tokens_have_one_signer(key: Member, stack: Stack, keys: str, signers: list[str]) -> Violations:
    """Only the function that has checked a client signs access tokens."""
    if fnmatchcase(key.name, keys):
        for name, arn in _key_users(key, stack, "kms:Sign"):
            if name not in signers:
                yield f"{name or arn} may sign with it"


@policy(
    on=TABLE,
    severity=CRITICAL,
    pci=["10.3.2"],
    remedy="Leave the role `PutItem` only.",
    url=PCI,
    settings={"audits": text("audits", "The table with the audit trail.")},
)
def tollgate_audits_are_append_only(table: Member, stack: Stack, audits: str) -> Violations:
    """Nobody changes or deletes a record of the audit trail."""
    if table.name == audits:
        for name in sorted(_roles_with(stack, CHANGING, table)):
            yield f"{name} may change what is on the trail"


@policy(
    on=TABLE,
    severity=HIGH,
    pci=["3.2.1", "3.5.1"],
    remedy="Leave `stream_enabled` out.",
    url=PCI,
    settings={"vault": VAULT},
)
def tollgate_vault_has_no_stream(table: Resource, vault: str) -> Violations:
    """The vault has no stream: a stream would be a second place with card ciphertext in it."""
    if table.name == vault and table.props.get("streamEnabled"):
        yield "changes of the vault are in a stream"


@policy(
    on=TABLE,
    severity=HIGH,
    pci=["10.2.1.1"],
    remedy="Name the table in `detection.record_functions`.",
    url="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html",
    settings={"vault": VAULT},
)
def tollgate_vault_use_is_recorded(table: Member, stack: Stack, vault: str) -> Violations:
    """If there are trails, one has each use of the table with card ciphertext, whoever it is by."""
    trails = stack.of_type(TRAIL) if table.name == vault else []
    arn = table.props.get("arn") if trails else None
    if trails and not any(arn in found for trail in trails for found in _recorded_whole(trail)):
        yield "what functions do with it is on no trail"


def _recorded_whole(trail: Member) -> Iterator[list[str]]:
    """The tables of each selector that asks nothing about who uses them."""
    for selector in trail.props.get("advancedEventSelectors") or ():
        fields = {each.get("field"): each for each in selector.get("fieldSelectors") or ()}
        if "userIdentity.arn" not in fields and "resources.ARN" in fields:
            yield list(fields["resources.ARN"].get("equals") or ())


@policy(
    on=TABLE,
    severity=HIGH,
    pci=["10.5.1"],
    remedy="Leave `ttl` out.",
    url=PCI,
    settings={"expiring": words(["vault", "webhooks"], "The tables whose rows may vanish.")},
)
def tollgate_only_vault_rows_expire(table: Resource, expiring: list[str]) -> Violations:
    """Rows vanish by themselves in the vault, and of webhooks' deliveries; payments and their trail don't."""
    if table.name not in expiring and table.props.get("ttl"):
        yield "its rows vanish by themselves"


@policy(
    on=FUNCTION,
    severity=HIGH,
    pci=["1.3.2"],
    remedy="Put the function into the isolated subnets with their security group.",
    url=PCI,
    settings={
        "callers": words(
            ["checkout", "deliverer", "payments", "reconciler", "refunds", "worker"],
            "The functions that call the processor, and the one that sends to merchants' servers.",
        )
    },
)
def tollgate_only_callers_leave(function: Member, stack: Stack, callers: list[str]) -> Violations:
    """Only the functions that call the processor, or merchants' servers, have a way out."""
    if function.name in callers:
        return
    for group in stack.named(function, "vpcConfig.securityGroupIds", SECURITY_GROUP):
        rules = [each.props for each in stack.naming(EGRESS_RULE, "securityGroupId", group)]
        if any(addresses(rule) & ANYWHERE for rule in (*rules, *(group.props.get("egress") or ()))):
            yield f"its security group {group.name} has a way out"


@policy(
    on=(
        "aws:alb/loadBalancer:LoadBalancer",
        "aws:apprunner/service:Service",
        "aws:appsync/graphQLApi:GraphQLApi",
        DISTRIBUTION,
        "aws:ec2/instance:Instance",
        "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
        "aws:ec2/vpnGateway:VpnGateway",
        "aws:lb/loadBalancer:LoadBalancer",
    ),
    severity=CRITICAL,
    pci=["1.4.2", "1.4.4"],
    remedy="Serve it through the REST API; a new way in needs a decision of its own (docs/decisions).",
    url=PCI,
)
def tollgate_has_one_front(front: Resource) -> Violations:
    """There is no other way in than the API: no load balancer, instance or peering.

    A distribution may hand out the files of a bucket, and takes nothing.
    """
    if front.resource_type != DISTRIBUTION or not _only_hands_out_files(front):
        yield f"{front.name} is another way in"


def _only_hands_out_files(distribution: Resource) -> bool:
    origins = distribution.props.get("origins") or ()
    behaviours = [distribution.props.get("defaultCacheBehavior") or {}]
    behaviours += distribution.props.get("orderedCacheBehaviors") or ()
    return all(".s3." in origin["domainName"] for origin in origins) and all(
        set(each.get("allowedMethods") or ()) <= {"GET", "HEAD", "OPTIONS"} for each in behaviours
    )
