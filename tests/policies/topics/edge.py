"""Cases of `policies/pack/edge.py`."""

import json
from typing import Any

from engine import Graph
from policies.pack import edge
from policies.pack.aws import FUNCTION, LOG_GROUP, METHOD_SETTINGS, PERMISSION, REST_API, STAGE
from tests.policies.case import Case
from tests.policies.patches import change, drop
from tests.policies.resources import UNKNOWN, resource

DOMAIN = "aws:apigateway/domainName:DomainName"
MAPPING = "aws:apigateway/basePathMapping:BasePathMapping"
SCHEMES = {
    "jwt": {"x-amazon-apigateway-authorizer": {"type": "token"}},
    "key": {"type": "apiKey"},
}
GATEWAY = "apigateway.amazonaws.com"


def _body(*security: Any) -> str:
    operation = {"get": {"security": list(security)}}
    return json.dumps({"components": {"securitySchemes": SCHEMES}, "paths": {"/payments": operation}})


def _nobody_authorizes_refunds(graph: Graph) -> None:
    body = json.loads(graph.one(REST_API, "api").inputs["body"])
    body["paths"]["/v1/payments/{id}/refunds"]["post"]["security"] = [{"api_key": []}]
    change(REST_API, "api", {"body": json.dumps(body)})(graph)


def _stage(**props: Any) -> Any:
    return resource(STAGE, restApi="a1", stageName="live", **props)


def _limits(rate: float) -> Any:
    settings = {"throttlingRateLimit": rate, "throttlingBurstLimit": 10}
    return resource(METHOD_SETTINGS, restApi="a1", stageName="live", methodPath="*/*", settings=settings)


CASES = [
    Case(
        edge.rest_method_has_authorizer,
        passes=[
            resource(REST_API, body=_body({"jwt": [], "key": []})),
            resource("aws:apigateway/method:Method", httpMethod="OPTIONS", authorization="NONE"),
        ],
        fails=[resource(REST_API, body=_body({"jwt": []}, {"key": []}))],
        unknown=[resource(REST_API, body=UNKNOWN)],
        broken=_nobody_authorizes_refunds,
    ),
    Case(
        edge.rest_stage_logs_access,
        passes=[_stage(accessLogSettings={"destinationArn": "arn:aws:logs:::log-group:g", "format": "{}"})],
        fails=[_stage()],
        unknown=[_stage(accessLogSettings={"destinationArn": UNKNOWN, "format": "{}"})],
        broken=change(STAGE, "live", {"accessLogSettings": None}),
    ),
    Case(
        edge.rest_stage_has_execution_log_group,
        passes=[_stage(), resource(LOG_GROUP, name="API-Gateway-Execution-Logs_a1/live")],
        fails=[_stage(), resource(LOG_GROUP, name="API-Gateway-Execution-Logs_a2/live")],
        unknown=[resource(STAGE, restApi=UNKNOWN, stageName="live")],
        broken=drop(LOG_GROUP, "execution"),
    ),
    Case(
        edge.rest_logs_no_data,
        passes=[resource(METHOD_SETTINGS, settings={"dataTraceEnabled": False})],
        fails=[resource(METHOD_SETTINGS, settings={"dataTraceEnabled": True})],
        unknown=[resource(METHOD_SETTINGS, settings={"dataTraceEnabled": UNKNOWN})],
        broken=change(METHOD_SETTINGS, "live", {"settings.dataTraceEnabled": True}),
    ),
    Case(
        edge.rest_stage_is_traced,
        passes=[_stage(xrayTracingEnabled=True)],
        fails=[_stage()],
        unknown=[_stage(xrayTracingEnabled=UNKNOWN)],
        broken=change(STAGE, "live", {"xrayTracingEnabled": False}),
    ),
    Case(
        edge.rest_stage_is_throttled,
        passes=[_stage(), _limits(10)],
        fails=[_stage(), _limits(-1)],
        unknown=[resource(STAGE, restApi=UNKNOWN, stageName=UNKNOWN), _limits(10)],
        broken=change(METHOD_SETTINGS, "live", {"settings.throttlingRateLimit": -1}),
    ),
    Case(
        edge.domain_uses_modern_tls,
        passes=[resource(DOMAIN, securityPolicy="TLS_1_2")],
        fails=[resource(DOMAIN, securityPolicy="TLS_1_0")],
        unknown=[resource(DOMAIN, securityPolicy=UNKNOWN)],
        broken=change(DOMAIN, "api", {"securityPolicy": "TLS_1_0"}),
    ),
    Case(
        edge.rest_default_endpoint_is_off,
        passes=[
            resource(MAPPING, restApi="a1"),
            resource(REST_API, id="a1", disableExecuteApiEndpoint=True),
            resource(REST_API, "other", id="a2"),
        ],
        fails=[resource(MAPPING, restApi="a1"), resource(REST_API, id="a1")],
        unknown=[resource(MAPPING, restApi=UNKNOWN), resource(REST_API, id="a1")],
        broken=change(REST_API, "api", {"disableExecuteApiEndpoint": False}),
    ),
    Case(
        edge.api_function_ends_before_gateway,
        passes=[
            resource(PERMISSION, principal=GATEWAY, function="f"),
            resource(FUNCTION, name="f", timeout=28),
            resource(FUNCTION, "slow", name="g", timeout=300),
        ],
        fails=[
            resource(PERMISSION, principal=GATEWAY, function="f"),
            resource(FUNCTION, name="f", timeout=60),
        ],
        unknown=[
            resource(PERMISSION, principal=GATEWAY, function="f"),
            resource(FUNCTION, name="f", timeout=UNKNOWN),
        ],
        broken=change(FUNCTION, "payments", {"timeout": 60}),
    ),
]
