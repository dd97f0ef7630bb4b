"""The API's front: who may call what, and what is written down of it."""

import json
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from .aws import LOG_GROUP, METHOD_SETTINGS, PERMISSION, REST_API, STAGE
from .declaring import CRITICAL, HIGH, LOW, MEDIUM, Resource, Violations, number, policy, words
from .stack import Member, Stack, names, plain, value_at

GATEWAY = "https://docs.aws.amazon.com/apigateway/latest/developerguide"
METHOD = "aws:apigateway/method:Method"
DOMAIN = "aws:apigateway/domainName:DomainName"
VERBS = {"get", "put", "post", "delete", "patch", "head", "options", "x-amazon-apigateway-any-method"}


@policy(
    on=(REST_API, METHOD),
    severity=CRITICAL,
    pci=["1.4.2", "7.2.1", "7.3.3", "8.3.1"],
    remedy="Give the operation a `security` with an authorizer; list a public one in the setting `public`.",
    url=f"{GATEWAY}/apigateway-control-access-to-api.html",
    settings={
        "public": words(["OPTIONS *"], "Operations without an authorizer, as `VERB /path`; `*` is any text.")
    },
)
def rest_method_has_authorizer(api: Resource, public: list[str]) -> Violations:
    """Every operation of a REST API has an authorizer, but those that are declared public.

    An API key identifies a client for throttling, it doesn't authorize anybody.
    """
    if api.resource_type == METHOD:
        verb = api.props.get("httpMethod") or "ANY"
        if api.props.get("authorization") in (None, "", "NONE") and not _listed(verb, "*", public):
            yield f"{verb} needs no authorization"
        return
    for path, verb, needed in _operations(api.props.get("body")):
        if not needed and not _listed(verb, path, public):
            yield f"{verb} {path} needs no authorization"


def _listed(verb: str, path: str, public: list[str]) -> bool:
    return any(fnmatchcase(f"{verb} {path}", each) for each in public)


def _operations(body: Any) -> Iterator[tuple[str, str, bool]]:
    """Path, verb and whether an authorizer is needed, of each operation of an OpenAPI document."""
    document = json.loads(body) if isinstance(body, str) and body else plain(body or {})
    schemes = document.get("components", {}).get("securitySchemes") or document.get("securityDefinitions", {})
    authorizing = {name for name, scheme in schemes.items() if _authorizes(scheme)}
    for path, item in document.get("paths", {}).items():
        for verb, operation in item.items():
            if verb in VERBS:
                alternatives = operation.get("security", document.get("security", []))
                safe = bool(alternatives) and all(authorizing & set(each) for each in alternatives)
                yield path, "ANY" if verb.startswith("x-") else verb.upper(), safe


def _authorizes(scheme: Mapping[str, Any]) -> bool:
    return "x-amazon-apigateway-authorizer" in scheme or (
        scheme.get("x-amazon-apigateway-authtype", "").lower() == "awssigv4"
    )


@policy(
    on=STAGE,
    severity=HIGH,
    pci=["10.2.1", "10.2.2"],
    remedy="Set `access_log_settings` with a log group and a format that names request, caller and outcome.",
    url=f"{GATEWAY}/set-up-logging.html",
)
def rest_stage_logs_access(stage: Resource) -> Violations:
    """Every stage writes a line for each request."""
    if not value_at(stage.props, "accessLogSettings.destinationArn"):
        yield "the stage has no access log"


@policy(
    on=STAGE,
    severity=MEDIUM,
    pci=["3.5.1", "10.5.1"],
    remedy="Make the log group `API-Gateway-Execution-Logs_<api>/<stage>` before the stage.",
    url=f"{GATEWAY}/set-up-logging.html",
)
def rest_stage_has_execution_log_group(stage: Member, stack: Stack) -> Violations:
    """The gateway's own log group is made by the program.

    Otherwise the gateway makes it: unencrypted, and kept for ever.
    """
    name = f"API-Gateway-Execution-Logs_{stage.props['restApi']}/{stage.props['stageName']}"
    if not any(group.props.get("name") == name for group in stack.of_type(LOG_GROUP)):
        yield f"the log group {name} isn't declared"


@policy(
    on=METHOD_SETTINGS,
    severity=CRITICAL,
    pci=["3.3.1", "3.5.1"],
    remedy="Leave `data_trace_enabled` out.",
    url=f"{GATEWAY}/set-up-logging.html",
)
def rest_logs_no_data(settings: Resource) -> Violations:
    """The gateway's log has no requests and answers in it.

    Data trace writes them in full: cards and tokens would be in the log.
    """
    if value_at(settings.props, "settings.dataTraceEnabled"):
        yield "data trace is on"


@policy(
    on=STAGE,
    severity=LOW,
    pci=["10.2.1"],
    remedy="Set `xray_tracing_enabled=True`.",
    url=f"{GATEWAY}/apigateway-xray.html",
)
def rest_stage_is_traced(stage: Resource) -> Violations:
    """Requests are traced from the gateway on."""
    if not stage.props.get("xrayTracingEnabled"):
        yield "the stage isn't traced"


@policy(
    on=STAGE,
    severity=MEDIUM,
    pci=["6.4.2"],
    remedy="Add MethodSettings for `*/*` with a rate and a burst.",
    url=f"{GATEWAY}/api-gateway-request-throttling.html",
)
def rest_stage_is_throttled(stage: Member, stack: Stack) -> Violations:
    """All of a stage has a limit: one API can't use up what the whole account has."""
    for each in stack.of_type(METHOD_SETTINGS):
        if names(each, "restApi", stage) or each.props.get("stageName") == stage.props["stageName"]:
            settings = each.props.get("settings") or {}
            limits = (settings.get("throttlingRateLimit"), settings.get("throttlingBurstLimit"))
            if each.props.get("methodPath") == "*/*" and all(limit and limit > 0 for limit in limits):
                return
    yield "nothing limits the stage as a whole"


@policy(
    on=(DOMAIN, "aws:apigatewayv2/domainName:DomainName"),
    severity=CRITICAL,
    pci=["4.2.1", "2.2.7"],
    remedy="Set a `security_policy` that begins at TLS 1.2.",
    url=f"{GATEWAY}/apigateway-custom-domain-tls-version.html",
    settings={
        "policies": words(
            ["TLS_1_2", "SecurityPolicy_TLS12*", "SecurityPolicy_TLS13*"],
            "Patterns of security policies that are strong enough.",
        )
    },
)
def domain_uses_modern_tls(domain: Resource, policies: list[str]) -> Violations:
    """A domain of the API speaks TLS 1.2 or later only."""
    chosen = domain.props.get("securityPolicy") or value_at(
        domain.props, "domainNameConfiguration.securityPolicy"
    )
    if not chosen or not any(fnmatchcase(chosen, each) for each in policies):
        yield f"its security policy is {chosen or 'the default'}"


@policy(
    on="aws:apigateway/basePathMapping:BasePathMapping",
    severity=MEDIUM,
    pci=["4.2.1", "2.2.4"],
    remedy="Set `disable_execute_api_endpoint=True` on the API.",
    url=f"{GATEWAY}/rest-api-disable-default-endpoint.html",
)
def rest_default_endpoint_is_off(mapping: Member, stack: Stack) -> Violations:
    """An API with a domain answers there only.

    The default endpoint has a TLS policy of its own, and knows no client certificates.
    """
    for api in stack.of_type(REST_API):
        if mapping.props.get("restApi") == api.props.get("id") and not api.props.get(
            "disableExecuteApiEndpoint"
        ):
            yield f"{api.name} also answers at its default endpoint"


@policy(
    on=PERMISSION,
    severity=HIGH,
    pci=[],
    remedy="Set the function's `timeout` to less than the gateway's.",
    url=f"{GATEWAY}/api-gateway-execution-service-limits-table.html",
    settings={"seconds": number(29, "How long the gateway waits for an answer.")},
)
def api_function_ends_before_gateway(permission: Member, stack: Stack, seconds: float) -> Violations:
    """A function that the API invokes ends before the gateway gives up.

    Otherwise the caller is told that it failed, while the payment goes on.
    """
    if permission.props.get("principal") != "apigateway.amazonaws.com":
        return
    for function in stack.named(permission, "function", "aws:lambda/function:Function"):
        if (function.props.get("timeout") or 3) > seconds:
            yield f"{function.name} may run for {function.props['timeout']:.0f} seconds"
