"""Cases of `policies/pack/functions.py`."""

from typing import Any

from engine import Graph
from policies.pack import functions
from policies.pack.aws import FUNCTION, LOG_GROUP, ROLE, SUBNET
from policies.pack.functions import ASSOCIATION, GATEWAY, ROUTE, ROUTE_TABLE
from tests.policies.case import Case
from tests.policies.patches import Output, add, change, drop
from tests.policies.resources import UNKNOWN, resource

INSIDE = {"subnetIds": ["s"], "securityGroupIds": ["g"]}


def _way_out(gateway: str) -> list[Any]:
    """A function in a subnet with one route."""
    return [
        resource(FUNCTION, vpcConfig=INSIDE),
        resource(SUBNET, id="s"),
        resource(ASSOCIATION, subnetId="s", routeTableId="t"),
        resource(ROUTE_TABLE, id="t"),
        resource(ROUTE, routeTableId="t", gatewayId=gateway),
        resource(GATEWAY, id="i"),
    ]


def _shares_a_role(graph: Graph) -> None:
    role = graph.one(FUNCTION, "payments").inputs["role"]
    change(FUNCTION, "tokens", {"role": role})(graph)


CASES = [
    Case(
        functions.function_has_own_role,
        passes=[resource(FUNCTION, role="r"), resource(FUNCTION, "other", role="q")],
        fails=[resource(FUNCTION, role="r"), resource(FUNCTION, "other", role="r")],
        unknown=[resource(FUNCTION, role=UNKNOWN), resource(FUNCTION, "other", role="r")],
        broken=_shares_a_role,
    ),
    Case(
        functions.function_has_log_group,
        passes=[
            resource(FUNCTION, name="f"),
            resource(LOG_GROUP, name="/aws/lambda/f"),
            resource(FUNCTION, "chosen", name="g", loggingConfig={"logGroup": "/aws/lambda/f"}),
        ],
        fails=[resource(FUNCTION, name="f"), resource(LOG_GROUP, name="/aws/lambda/g")],
        unknown=[resource(FUNCTION, name=UNKNOWN)],
        broken=drop(LOG_GROUP, "tokens"),
    ),
    Case(
        functions.function_is_in_vpc,
        passes=[resource(FUNCTION, vpcConfig=INSIDE)],
        fails=[resource(FUNCTION, vpcConfig={"subnetIds": ["s"]})],
        unknown=[resource(FUNCTION, vpcConfig=UNKNOWN)],
        broken=change(FUNCTION, "tokens", {"vpcConfig": None}),
    ),
    Case(
        functions.function_subnet_is_private,
        passes=_way_out("vgw"),
        fails=_way_out("i"),
        unknown=[
            resource(FUNCTION, vpcConfig={"subnetIds": UNKNOWN, "securityGroupIds": ["g"]}),
            resource(SUBNET, id=UNKNOWN),
        ],
        unknown_is="passes",
        broken=add(
            ROUTE,
            routeTableId=Output(ROUTE_TABLE, "isolated-a", "id"),
            destinationCidrBlock="0.0.0.0/0",
            gatewayId=Output(GATEWAY, "internet", "id"),
        ),
    ),
    Case(
        functions.function_is_traced,
        passes=[resource(FUNCTION, tracingConfig={"mode": "Active"})],
        fails=[resource(FUNCTION, tracingConfig={"mode": "PassThrough"})],
        unknown=[resource(FUNCTION, tracingConfig={"mode": UNKNOWN})],
        broken=change(FUNCTION, "tokens", {"tracingConfig": None}),
    ),
    Case(
        functions.function_runtime_is_supported,
        passes=[resource(FUNCTION, runtime="python3.13"), resource(FUNCTION, "image", packageType="Image")],
        fails=[resource(FUNCTION, runtime="python3.9")],
        unknown=[resource(FUNCTION, runtime=UNKNOWN)],
        broken=change(FUNCTION, "tokens", {"runtime": "python3.9"}),
    ),
    Case(
        functions.function_environment_has_no_secret,
        passes=[
            resource(
                FUNCTION,
                environment={"variables": {"DB_SECRET": "arn:aws:secretsmanager:s", "TOKEN_SECONDS": "9"}},
            ),
            resource(ROLE),
        ],
        fails=[resource(FUNCTION, environment={"variables": {"PROCESSOR_API_KEY": "0123"}})],
        unknown=[resource(FUNCTION, environment={"variables": {"DB_SECRET": UNKNOWN}})],
        broken=change(FUNCTION, "payments", {"environment.variables.PROCESSOR_API_KEY": "0123"}),
    ),
]
