"""The API's front, as provisioned."""

import json
from typing import Any

import pytest
import yaml

from engine import Graph
from infra import access
from infra.gateway_document import operations
from infra.routing import FUNCTION_OF
from tests.infra.graphs import ALIAS, FUNCTION, PERMISSION, ROOT, Graphs

CONTRACT = yaml.safe_load((ROOT / "runtime" / "openapi.yaml").read_text())
REST_API = "aws:apigateway/restApi:RestApi"
STAGE = "aws:apigateway/stage:Stage"


def document(graph: Graph) -> dict[str, Any]:
    return json.loads(graph.one(REST_API, "api").inputs["body"])


def test_the_gateway_has_the_contracts_operations(graph: Graph) -> None:
    methods = {(path, verb) for path, item in document(graph)["paths"].items() for verb in item}
    documented = {(path, verb) for path, verb, _ in operations(CONTRACT)}
    pages = {(path, "options") for path, _, each in operations(CONTRACT) if each.get("x-open-to-pages")}
    assert methods == documented | pages | {(path, "head") for path, verb in documented if verb == "get"}


def test_every_operation_invokes_its_functions_alias(graph: Graph) -> None:
    paths = document(graph)["paths"]
    for path, verb, _ in operations(CONTRACT):
        uri = paths[path][verb]["x-amazon-apigateway-integration"]["uri"]
        assert uri == graph.one(ALIAS, FUNCTION_OF[path]).outputs["invokeArn"]


@pytest.mark.parametrize("function", access.SERVED)
def test_only_this_api_may_invoke_a_function(graph: Graph, function: str) -> None:
    permission = graph.one(PERMISSION, function).inputs
    api = graph.one(REST_API, "api").outputs["executionArn"]
    assert permission["function"] == graph.one(FUNCTION, function).inputs["name"]
    assert permission["qualifier"] == graph.one(ALIAS, function).inputs["name"]
    assert permission["principal"] == "apigateway.amazonaws.com"
    assert permission["sourceAccount"] == graph.exports["account_id"]
    expected = f"{api}/authorizers/*" if function == "authorizer" else f"{api}/live/*"
    assert permission["sourceArn"] == expected


def test_the_stage_logs_each_access_without_body_query_or_header(graph: Graph) -> None:
    log = graph.one(STAGE, "live").inputs["accessLogSettings"]
    group = graph.one("aws:cloudwatch/logGroup:LogGroup", "access")
    assert log["destinationArn"] == group.outputs["arn"]
    variables = set(json.loads(log["format"]).values())
    assert "$context.requestId" in variables
    # $context.path would carry ids, and neither it nor these may carry what a caller wrote.
    assert not variables & {"$context.path", "$context.requestOverride.querystring"}
    assert not [one for one in variables if "header" in one or "body" in one or "querystring" in one]
    # A message may quote what a caller wrote, or what a function's exception said.
    assert not [one for one in variables if one.endswith(("message", "messageString", "error"))]


def test_the_access_log_tells_who_refused_a_request_and_how_it_was_connected(graph: Graph) -> None:
    log = json.loads(graph.one(STAGE, "live").inputs["accessLogSettings"]["format"])
    assert log["firewall"] == "$context.wafResponseCode"
    assert log["problem"] == "$context.error.responseType"
    assert log["client"] == "$context.authorizer.principalId"
    assert log["authorizer_milliseconds"] == "$context.authorizer.latency"
    assert log["tls"] == "$context.tlsVersion"


def test_requests_are_traced_from_the_gateway_on(graph: Graph) -> None:
    assert graph.one(STAGE, "live").inputs["xrayTracingEnabled"] is True


def test_requests_and_responses_are_never_traced(graph: Graph) -> None:
    (settings,) = (node.inputs for node in graph.of_type("aws:apigateway/methodSettings:MethodSettings"))
    assert settings["methodPath"] == "*/*"
    assert settings["settings"]["dataTraceEnabled"] is False
    assert settings["settings"]["metricsEnabled"] is True
    assert settings["settings"]["throttlingRateLimit"] >= 1


def test_the_gateways_own_log_group_is_made_before_the_gateway_makes_it(graph: Graph) -> None:
    group = graph.one("aws:cloudwatch/logGroup:LogGroup", "execution")
    assert group.inputs["name"] == f"API-Gateway-Execution-Logs_{graph.exports['api_id']}/live"
    assert group.urn in graph.one(STAGE, "live").dependencies


def test_the_stage_waits_for_the_accounts_logging_role(graph: Graph) -> None:
    (account,) = graph.of_type("aws:apigateway/account:Account")
    assert account.urn in graph.one(STAGE, "live").dependencies


def test_every_usage_plan_limits_clients_of_this_stage(graph: Graph) -> None:
    plans = graph.of_type("aws:apigateway/usagePlan:UsagePlan")
    assert {node.inputs["name"] for node in plans} == {
        f"tollgate-{graph.stack}-{name}" for name in graph.exports["usage_plans"]
    }
    for plan in plans:
        assert plan.inputs["apiStages"] == [{"apiId": graph.exports["api_id"], "stage": "live"}]
        assert plan.inputs["throttleSettings"]["rateLimit"] >= 1


def test_the_laptop_does_not_throttle_a_thousand_requests_a_second(graphs: Graphs) -> None:
    plan = graphs("local").one("aws:apigateway/usagePlan:UsagePlan", "standard")
    assert plan.inputs["throttleSettings"]["rateLimit"] >= 1000


def test_a_new_deployment_is_known_in_a_preview(graphs: Graphs) -> None:
    provisioned, preview = (
        graphs("dev", preview).one("aws:apigateway/deployment:Deployment", "api").inputs["triggers"]
        for preview in (False, True)
    )
    assert preview == provisioned
