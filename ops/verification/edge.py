"""The API's front: gateway, firewall, domain."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ops.verification.account import Account
from ops.verification.check import UnclearError, check, differ
from ops.verification.remedies import DEPLOY

if TYPE_CHECKING:
    from engine import Node

REST_API = "aws:apigateway/restApi:RestApi"
STAGE = "aws:apigateway/stage:Stage"
WEB_ACL = "aws:wafv2/webAcl:WebAcl"


def _rest_api(account: Account) -> Mapping[str, Any]:
    """The stage's API, by the name that the program gives it."""
    (declared,) = account.graph.of_type(REST_API)
    name = declared.inputs["name"]
    listed = account.every("apigateway", "GetRestApis", "items")
    found = [api for api in listed if api["name"] == name]
    if len(found) != 1:
        raise UnclearError(f"{len(found)} APIs are called {name}")
    return found[0]


def _stage(account: Account) -> Mapping[str, Any]:
    (declared,) = account.graph.of_type(STAGE)
    name = declared.inputs["stageName"]
    return account.ask("apigateway", "GetStage", restApiId=_rest_api(account)["id"], stageName=name)


@check(
    REST_API,
    "apigateway:GetRestApis",
    shows="The API accepts the declared TLS only, and AWS's own address for it is off when it has a domain",
    remedy=DEPLOY,
)
def address(account: Account, node: Node) -> Iterator[str]:
    live = _rest_api(account)
    off = node.inputs.get("disableExecuteApiEndpoint", False)
    yield from differ("AWS's own address is off", live.get("disableExecuteApiEndpoint", False), off)
    if declared := node.inputs.get("securityPolicy"):
        yield from differ("its TLS policy", live.get("securityPolicy"), declared)


@check(
    REST_API,
    "apigateway:GetRestApis",
    "apigateway:GetResources",
    shows="The gateway has the contract's methods and no other, and guards all but the public ones",
    remedy="Deploy the contract again: `pulumi up --replace` of the deployment. Nobody adds methods by hand.",
)
def methods(account: Account, node: Node) -> Iterator[str]:
    api_id = _rest_api(account)["id"]
    listed = account.every("apigateway", "GetResources", "items", restApiId=api_id, embed=["methods"])
    live = {
        f"{verb} {resource['path']}": (method["authorizationType"] == "CUSTOM", method["apiKeyRequired"])
        for resource in listed
        for verb, method in resource.get("resourceMethods", {}).items()
    }
    declared = dict(_guards(json.loads(node.inputs["body"])))
    for name in sorted(live.keys() | declared.keys()):
        if name not in live:
            yield f"{name} isn't there"
        elif name not in declared:
            yield f"{name} isn't the contract's"
        else:
            yield from differ(f"{name}: asks the authorizer, needs a plan", live[name], declared[name])


def _guards(document: Mapping[str, Any]) -> Iterator[tuple[str, tuple[bool, bool]]]:
    for path, item in document["paths"].items():
        for verb, operation in item.items():
            if "x-amazon-apigateway-integration" in operation:
                schemes = {name for each in operation["security"] for name in each}
                yield f"{verb.upper()} {path}", ("jwt" in schemes, "api_key" in schemes)


@check(
    STAGE,
    "apigateway:GetRestApis",
    "apigateway:GetStage",
    shows="Each access is logged in the declared form and traced, and the firewall stands before the stage",
    remedy=DEPLOY,
)
def stage(account: Account, node: Node) -> Iterator[str]:
    live = _stage(account)
    declared = node.inputs["accessLogSettings"]
    logged = live.get("accessLogSettings", {})
    yield from differ("the access log's form", logged.get("format"), declared["format"])
    yield from differ("the access log", logged.get("destinationArn"), declared["destinationArn"])
    yield from differ("tracing", live.get("tracingEnabled", False), node.inputs["xrayTracingEnabled"])
    (firewall,) = (acl for acl in account.graph.of_type(WEB_ACL) if acl.inputs["scope"] == "REGIONAL")
    if f"/webacl/{firewall.inputs['name']}/" not in live.get("webAclArn", ""):
        yield f"its firewall is {live.get('webAclArn', 'none')}, declared {firewall.inputs['name']}"


@check(
    "aws:apigateway/methodSettings:MethodSettings",
    "apigateway:GetRestApis",
    "apigateway:GetStage",
    shows="No method logs what requests and answers hold, and each is limited as declared",
    remedy=DEPLOY,
)
def limits(account: Account, node: Node) -> Iterator[str]:
    declared = node.inputs["settings"]
    for path, live in _stage(account).get("methodSettings", {}).items():
        yield from differ(
            f"{path}: bodies in the log", live.get("dataTraceEnabled"), declared["dataTraceEnabled"]
        )
    live = _stage(account).get("methodSettings", {}).get(node.inputs["methodPath"], {})
    for name in ("throttlingRateLimit", "throttlingBurstLimit", "loggingLevel"):
        yield from differ(name, live.get(name), declared[name])


@check(
    "aws:apigateway/usagePlan:UsagePlan",
    "apigateway:GetUsagePlans",
    shows="Usage plans limit clients as declared",
    remedy=DEPLOY,
)
def usage_plans(account: Account, node: Node) -> Iterator[str]:
    plans = account.every("apigateway", "GetUsagePlans", "items")
    live = [plan.get("throttle", {}) for plan in plans if plan["name"] == node.inputs["name"]]
    yield from differ("its limits", live, [node.inputs["throttleSettings"]])


@check(
    STAGE,
    "logs:FilterLogEvents",
    shows="Access log lines arrive, and have the declared fields and no other: no body, query or header",
    remedy="No line although it was asked: see the gateway's logging role and the log key's policy.",
)
def access_log(account: Account, node: Node) -> Iterator[str]:
    settings = node.inputs["accessLogSettings"]
    group = settings["destinationArn"].partition(":log-group:")[2]
    since = int((account.now - timedelta(days=1)).timestamp() * 1000)
    events = account.ask("logs", "FilterLogEvents", logGroupName=group, startTime=since, limit=50)["events"]
    if not events:
        raise UnclearError("nobody has asked the API since yesterday; ask it (`tollgate smoke`)")
    fields = json.loads(settings["format"]).keys()
    for event in events:
        try:
            line = json.loads(event["message"])
        except ValueError:
            line = {"no JSON": ""}
        if line.keys() != fields:
            yield f"a line has the fields {', '.join(sorted(line.keys() ^ fields))} too many or too few"
            return


@check(
    WEB_ACL,
    "apigateway:GetRestApis",
    "apigateway:GetStage",
    "wafv2:GetWebACL",
    shows="The API's firewall has the declared rules in the declared order",
    remedy=DEPLOY,
)
def firewall(account: Account, node: Node) -> Iterator[str]:
    if node.inputs["scope"] != "REGIONAL":
        return
    arn = _stage(account)["webAclArn"]
    live = account.ask("wafv2", "GetWebACL", ARN=arn)["WebACL"]["Rules"]
    order = [rule["Name"] for rule in sorted(live, key=lambda rule: rule["Priority"])]
    declared = sorted(node.inputs["rules"], key=lambda rule: rule["priority"])
    yield from differ("its rules", order, [rule["name"] for rule in declared])


@check(
    "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
    "apigateway:GetRestApis",
    "apigateway:GetStage",
    "wafv2:GetLoggingConfiguration",
    shows="The API's firewall logs what it refuses, without credentials",
    remedy=DEPLOY,
)
def firewall_log(account: Account, node: Node) -> Iterator[str]:
    if node.inputs.get("region"):
        return  # the card fields'
    arn = _stage(account)["webAclArn"]
    live = account.ask("wafv2", "GetLoggingConfiguration", ResourceArn=arn)["LoggingConfiguration"]
    to = [destination.removesuffix(":*") for destination in live["LogDestinationConfigs"]]
    yield from differ("its log", to, node.inputs["logDestinationConfigs"])
    hidden = len(live.get("RedactedFields", []))
    yield from differ("the number of fields that it hides", hidden, len(node.inputs["redactedFields"]))


@check(
    "aws:apigateway/domainName:DomainName",
    "apigateway:GetDomainName",
    shows="The domain is up, under the declared TLS policy",
    remedy="A certificate that isn't issued holds it up: see ACM. Otherwise: " + DEPLOY,
)
def domain(account: Account, node: Node) -> Iterator[str]:
    live = account.ask("apigateway", "GetDomainName", domainName=node.inputs["domainName"])
    yield from differ("its state", live["domainNameStatus"], "AVAILABLE")
    yield from differ("its TLS policy", live["securityPolicy"], node.inputs["securityPolicy"])
    if "mutualTlsAuthentication" in node.inputs and not live.get("mutualTlsAuthentication"):
        yield "it doesn't ask for client certificates"


@check(
    "aws:apigateway/basePathMapping:BasePathMapping",
    "apigateway:GetRestApis",
    "apigateway:GetBasePathMapping",
    shows="The domain leads to the API",
    remedy=DEPLOY,
)
def mapping(account: Account, node: Node) -> Iterator[str]:
    name = node.inputs["domainName"]
    live = account.ask("apigateway", "GetBasePathMapping", domainName=name, basePath="(none)")
    yield from differ("its API", live["restApiId"], _rest_api(account)["id"])
    yield from differ("its stage", live["stage"], node.inputs["stageName"])


CHECKS = (
    address,
    methods,
    stage,
    limits,
    usage_plans,
    access_log,
    firewall,
    firewall_log,
    domain,
    mapping,
)
