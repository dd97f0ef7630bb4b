"""Cases of `policies/pack/tollgate.py`."""

from collections.abc import Mapping
from typing import Any

from engine import Graph
from policies.pack import tollgate
from policies.pack.aws import FUNCTION, KEY, ROLE, ROLE_POLICY, SECURITY_GROUP, TABLE, TRAIL
from policies.pack.cloudfront import DISTRIBUTION
from policies.pack.network import EGRESS_RULE
from tests.policies.case import Case
from tests.policies.patches import add, allow_also, change
from tests.policies.resources import UNKNOWN, allow, document, resource

LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer"
VAULT_ARN = "arn:aws:dynamodb:eu-west-1:111111111111:table/vault"
READERS = ("checkout", "payments", "tokens", "worker")


def _roles(actions: Mapping[str, str]) -> list[Any]:
    """A table and roles that may do something with it."""
    made = [resource(TABLE, "vault", arn=VAULT_ARN), resource(TABLE, "audits", arn=VAULT_ARN)]
    for name, action in actions.items():
        made.append(resource(ROLE, name, name=name, arn=f"arn:aws:iam::1:role/{name}"))
        made.append(resource(ROLE_POLICY, name, role=name, policy=allow(action, VAULT_ARN)))
    return made


def _key(name: str, action: str, *users: str) -> Any:
    principal = {"AWS": [f"arn:aws:iam::1:role/{user}" for user in users]}
    return resource(KEY, name, policy=document({"Action": action, "Resource": "*", "Principal": principal}))


def _gives(function: str, action: str, table: str) -> Any:
    """A right more for a function's role."""

    def patch(graph: Graph) -> None:
        statement = {"Action": action, "Resource": graph.one(TABLE, table).outputs["arn"]}
        allow_also(ROLE_POLICY, function, statement)(graph)

    return patch


def _lets_use(key: str, action: str, function: str) -> Any:
    """A principal more in a key's policy."""

    def patch(graph: Graph) -> None:
        principal = {"AWS": graph.one(ROLE, function).outputs["arn"]}
        allow_also(KEY, key, {"Action": action, "Resource": "*", "Principal": principal})(graph)

    return patch


def _moves_outside(graph: Graph) -> None:
    group = graph.one(SECURITY_GROUP, "egress").outputs["id"]
    change(FUNCTION, "audits", {"vpcConfig.securityGroupIds": [group]})(graph)


def _handing_out(*methods: str) -> Any:
    origin = {"domainName": "files.s3.eu-west-1.amazonaws.com"}
    behaviour = {"allowedMethods": list(methods)}
    return resource(DISTRIBUTION, origins=[origin], defaultCacheBehavior=behaviour)


IN_VAULT = [
    {"field": "eventCategory", "equals": ["Data"]},
    {"field": "resources.type", "equals": ["AWS::DynamoDB::Table"]},
    {"field": "resources.ARN", "equals": ["arn:v"]},
]
RECORDED = {"fieldSelectors": IN_VAULT}
BY_OTHERS_ALONE = {
    "fieldSelectors": [*IN_VAULT, {"field": "userIdentity.arn", "notStartsWiths": ["arn:aws:sts::"]}]
}

CASES = [
    Case(
        tollgate.tollgate_vault_has_known_readers,
        passes=_roles(dict.fromkeys(READERS, "dynamodb:GetItem")),
        fails=_roles(dict.fromkeys((*READERS, "audits"), "dynamodb:GetItem")),
        unknown=[resource(TABLE, "vault", arn=VAULT_ARN), resource(ROLE_POLICY, policy=UNKNOWN)],
        broken=_gives("audits", "dynamodb:GetItem", "vault"),
    ),
    Case(
        tollgate.tollgate_card_keys_have_known_users,
        passes=[*_roles(dict.fromkeys(READERS, "a:b")), _key("wrapping", "kms:Decrypt", *READERS)],
        fails=[*_roles(dict.fromkeys(READERS, "a:b")), _key("wrapping", "kms:Decrypt", "tollgate-deploy")],
        unknown=[resource(KEY, "vault", policy=UNKNOWN)],
        broken=_lets_use("wrapping", "kms:Decrypt", "audits"),
    ),
    Case(
        tollgate.tollgate_tokens_have_one_signer,
        passes=[*_roles({"identity": "a:b"}), _key("signing-first", "kms:Sign", "identity")],
        fails=[*_roles({"identity": "a:b"}), _key("signing-first", "kms:Sign", "identity", "payments")],
        unknown=[resource(KEY, "signing-first", policy=UNKNOWN)],
        broken=_lets_use("signing-first", "kms:Sign", "authorizer"),
    ),
    Case(
        tollgate.tollgate_audits_are_append_only,
        passes=_roles({"projector": "dynamodb:PutItem"}),
        fails=_roles({"projector": "dynamodb:DeleteItem"}),
        unknown=[resource(TABLE, "audits", arn=VAULT_ARN), resource(ROLE_POLICY, policy=UNKNOWN)],
        broken=_gives("projector", "dynamodb:UpdateItem", "audits"),
    ),
    Case(
        tollgate.tollgate_vault_has_no_stream,
        passes=[resource(TABLE, "vault"), resource(TABLE, "payments", streamEnabled=True)],
        fails=[resource(TABLE, "vault", streamEnabled=True)],
        unknown=[resource(TABLE, "vault", streamEnabled=UNKNOWN)],
        broken=change(TABLE, "vault", {"streamEnabled": True}),
    ),
    Case(
        tollgate.tollgate_vault_use_is_recorded,
        passes=[resource(TABLE, "vault", arn="arn:v"), resource(TRAIL, advancedEventSelectors=[RECORDED])],
        fails=[
            resource(TABLE, "vault", arn="arn:v"),
            resource(TRAIL, advancedEventSelectors=[BY_OTHERS_ALONE]),
        ],
        unknown=[resource(TABLE, "vault", arn="arn:v"), resource(TRAIL, advancedEventSelectors=UNKNOWN)],
        broken=change(TRAIL, "data", {"advancedEventSelectors": [BY_OTHERS_ALONE]}),
    ),
    Case(
        tollgate.tollgate_only_vault_rows_expire,
        passes=[resource(TABLE, "vault", ttl={"enabled": True}), resource(TABLE, "payments")],
        fails=[resource(TABLE, "payments", ttl={"enabled": True})],
        unknown=[resource(TABLE, "payments", ttl=UNKNOWN)],
        broken=change(TABLE, "audits", {"ttl": {"enabled": True, "attributeName": "expires_at"}}),
    ),
    Case(
        tollgate.tollgate_only_callers_leave,
        passes=[
            resource(FUNCTION, "payments", vpcConfig={"securityGroupIds": ["out"]}),
            resource(FUNCTION, "audits", vpcConfig={"securityGroupIds": ["in"]}),
            resource(SECURITY_GROUP, "out", id="out"),
            resource(SECURITY_GROUP, "in", id="in"),
            resource(EGRESS_RULE, securityGroupId="out", cidrIpv4="0.0.0.0/0"),
        ],
        fails=[
            resource(FUNCTION, "audits", vpcConfig={"securityGroupIds": ["out"]}),
            resource(SECURITY_GROUP, "out", id="out", egress=[{"cidrBlocks": ["0.0.0.0/0"]}]),
        ],
        unknown=[
            resource(FUNCTION, "audits", vpcConfig={"securityGroupIds": ["out"]}),
            resource(SECURITY_GROUP, "out", id="out"),
            resource(EGRESS_RULE, securityGroupId="out", cidrIpv4=UNKNOWN),
        ],
        broken=_moves_outside,
    ),
    Case(
        tollgate.tollgate_has_one_front,
        passes=[resource(FUNCTION), _handing_out("GET", "HEAD")],
        fails=[_handing_out("GET", "POST")],
        unknown=[resource(LOAD_BALANCER, name=UNKNOWN)],
        unknown_is="fails",
        broken=add(LOAD_BALANCER, internal=False),
    ),
]
