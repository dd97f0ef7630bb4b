"""What an account as declared says of its edge."""

import json
from typing import Any

from engine import Graph
from tests.unit.verification.declared.answering import (
    ACCOUNT,
    LIVE_API,
    Inputs,
    all_of,
    one,
    to,
)


@to("apigateway:GetRestApis")
def rest_apis(graph: Graph, _: Inputs) -> dict[str, Any]:
    api = one(graph, "apigateway/restApi:RestApi")
    live = {"id": LIVE_API, "name": api["name"]}
    for name in ("disableExecuteApiEndpoint", "securityPolicy"):
        live |= {name: api[name]} if name in api else {}
    return {"items": [{"id": "other", "name": "somebody-elses"}, live]}


@to("apigateway:GetResources")
def resources(graph: Graph, _: Inputs) -> dict[str, Any]:
    document = json.loads(one(graph, "apigateway/restApi:RestApi")["body"])
    items: list[dict[str, Any]] = [{"id": "root", "path": "/"}]
    for path, item in document["paths"].items():
        methods = {
            verb.upper(): {
                "authorizationType": "CUSTOM"
                if any("jwt" in each for each in operation["security"])
                else "NONE",
                "apiKeyRequired": any("api_key" in each for each in operation["security"]),
            }
            for verb, operation in item.items()
            if isinstance(operation, dict) and "security" in operation
        }
        items.append({"id": path[-8:], "path": path, "resourceMethods": methods})
    return {"items": items}


@to("apigateway:GetStage")
def stage(graph: Graph, asked: Inputs) -> dict[str, Any]:
    assert asked["restApiId"] == LIVE_API
    declared = one(graph, "apigateway/stage:Stage")
    name = one(graph, "wafv2/webAcl:WebAcl", scope="REGIONAL")["name"]
    return {
        "stageName": declared["stageName"],
        "accessLogSettings": dict(declared["accessLogSettings"]),
        "tracingEnabled": declared["xrayTracingEnabled"],
        "webAclArn": f"arn:aws:wafv2:eu-west-1:{ACCOUNT}:regional/webacl/{name}/0b1c",
        "methodSettings": {"*/*": dict(one(graph, "apigateway/methodSettings:MethodSettings")["settings"])},
    }


@to("apigateway:GetUsagePlans")
def usage_plans(graph: Graph, _: Inputs) -> dict[str, Any]:
    plans = all_of(graph, "apigateway/usagePlan:UsagePlan")
    return {"items": [{"name": plan["name"], "throttle": dict(plan["throttleSettings"])} for plan in plans]}


@to("logs:FilterLogEvents")
def access_log(graph: Graph, asked: Inputs) -> dict[str, Any]:
    assert asked["logGroupName"] == "/aws/apigateway/tollgate-prod-access"
    form = one(graph, "apigateway/stage:Stage")["accessLogSettings"]["format"]
    return {"events": [{"message": json.dumps(dict.fromkeys(json.loads(form), "-"))}]}


@to("wafv2:GetWebACL")
def firewall(graph: Graph, _: Inputs) -> dict[str, Any]:
    acl = one(graph, "wafv2/webAcl:WebAcl", scope="REGIONAL")
    seen = {"SampledRequestsEnabled": False, "CloudWatchMetricsEnabled": True, "MetricName": "x"}
    rules = [
        {"Name": rule["name"], "Priority": rule["priority"], "Statement": {}, "VisibilityConfig": seen}
        for rule in acl["rules"]
    ]
    live = {"Name": acl["name"], "Id": "0b1c", "ARN": "arn:aws:wafv2:eu-west-1:1:x", "DefaultAction": {}}
    return {"WebACL": {**live, "Rules": rules, "VisibilityConfig": seen}}


@to("wafv2:GetLoggingConfiguration")
def firewall_log(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration", region=None)
    return {
        "LoggingConfiguration": {
            "ResourceArn": asked["ResourceArn"],
            "LogDestinationConfigs": list(declared["logDestinationConfigs"]),
            "RedactedFields": [{"QueryString": {}} for _ in declared["redactedFields"]],
        }
    }


@to("apigateway:GetDomainName")
def domain(graph: Graph, asked: Inputs) -> dict[str, Any]:
    declared = one(graph, "apigateway/domainName:DomainName", domainName=asked["domainName"])
    return {"domainNameStatus": "AVAILABLE", "securityPolicy": declared["securityPolicy"]}


@to("apigateway:GetBasePathMapping")
def mapping(graph: Graph, _: Inputs) -> dict[str, Any]:
    declared = one(graph, "apigateway/basePathMapping:BasePathMapping")
    return {"restApiId": LIVE_API, "stage": declared["stageName"]}
