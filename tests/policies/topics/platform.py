"""Cases of `policies/pack/platform.py`."""

from engine import Graph
from policies.pack import platform
from policies.pack.aws import FUNCTION, PROVIDER, TABLE
from tests.policies.case import Case
from tests.policies.patches import add, change
from tests.policies.resources import UNKNOWN, resource

VERSION = "aws:secretsmanager/secretVersion:SecretVersion"
PARAMETER = "aws:ssm/parameter:Parameter"
ACCESS_KEY = "AKIA" + "ABCDEFGHIJKLMNOP"


def _default_provider(graph: Graph) -> None:
    change(TABLE, "payments", {})(graph)
    graph.one(TABLE, "payments").provider = ""


CASES = [
    Case(
        platform.region_is_allowed,
        passes=[resource(PROVIDER, region="eu-west-1"), resource(TABLE)],
        fails=[resource(TABLE, region="us-east-1")],
        unknown=[resource(PROVIDER, region=UNKNOWN)],
        broken=change(TABLE, "payments", {"region": "us-east-1"}),
    ),
    Case(
        platform.provider_names_its_account,
        passes=[resource(PROVIDER, allowedAccountIds='["111111111111"]')],
        fails=[resource(PROVIDER)],
        unknown=[resource(PROVIDER, allowedAccountIds=UNKNOWN)],
        broken=change(PROVIDER, "aws", {"allowedAccountIds": "[]"}),
    ),
    Case(
        platform.no_default_provider,
        passes=[resource(TABLE)],
        fails=[resource(TABLE, provider="default_7_51_1")],
        unknown=[resource(TABLE, provider="default", name=UNKNOWN)],
        unknown_is="fails",
        broken=_default_provider,
        also=frozenset({"required-tags"}),
    ),
    Case(
        platform.no_secret_in_state,
        passes=[resource(PARAMETER, type="String", value="public"), resource(VERSION)],
        fails=[resource(PARAMETER, type="SecureString", value="hidden")],
        unknown=[resource(VERSION, secretString=UNKNOWN)],
        broken=add(VERSION, secretId="tollgate-prod-card-keys", secretString="hidden"),
    ),
    Case(
        platform.no_credentials_in_inputs,
        passes=[resource(TABLE, tags={"owner": "payments"})],
        fails=[resource(FUNCTION, environment={"variables": {"A": f"key={ACCESS_KEY}"}})],
        unknown=[resource(FUNCTION, environment={"variables": {"A": UNKNOWN}})],
        broken=change(FUNCTION, "payments", {"environment.variables.NOTE": ACCESS_KEY}),
    ),
]
