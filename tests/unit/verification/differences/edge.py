"""What may be wrong with an account's edge."""

from tests.unit.verification.differences.difference import Difference, given, more, unguarded, within

FOREIGN = {"GET": {"authorizationType": "NONE", "apiKeyRequired": False}}
LOGGED = {"accessLogSettings": {"format": '{"body": "$input.body"}', "destinationArn": "arn:aws:logs:x"}}
TRACED = {"methodSettings": {"*/*": {"dataTraceEnabled": True}}}


DIFFERENCES = (
    Difference(
        "edge: address", "apigateway:GetRestApis", within("items", disableExecuteApiEndpoint=False), "off is"
    ),
    Difference(
        "edge: address", "apigateway:GetRestApis", within("items", securityPolicy="TLS_1_0"), "TLS_1_0"
    ),
    Difference("edge: methods", "apigateway:GetResources", unguarded, "GET /v1/audits: asks the authorizer"),
    Difference(
        "edge: methods",
        "apigateway:GetResources",
        more("items", {"path": "/v1/backdoor", "resourceMethods": FOREIGN}),
        "GET /v1/backdoor isn't the contract's",
    ),
    Difference("edge: methods", "apigateway:GetResources", given(items=[]), "GET /health isn't there"),
    Difference("edge: stage", "apigateway:GetStage", given(**LOGGED), "$input.body"),
    Difference("edge: stage", "apigateway:GetStage", given(tracingEnabled=False), "tracing is False"),
    Difference("edge: stage", "apigateway:GetStage", given(webAclArn=""), "its firewall is"),
    Difference("edge: limits", "apigateway:GetStage", given(**TRACED), "bodies in the log is True"),
    Difference(
        "edge: limits", "apigateway:GetStage", given(methodSettings={}), "throttlingRateLimit is None"
    ),
    Difference("edge: usage plans", "apigateway:GetUsagePlans", within("items", throttle={}), "its limits"),
    Difference(
        "edge: access log", "logs:FilterLogEvents", within("events", message='{"body": "4111"}'), "body"
    ),
    Difference("edge: access log", "logs:FilterLogEvents", within("events", message="plain"), "no JSON"),
    Difference(
        "edge: firewall", "wafv2:GetWebACL", lambda a: {"WebACL": {**a["WebACL"], "Rules": []}}, "its rules"
    ),
    Difference(
        "edge: firewall log",
        "wafv2:GetLoggingConfiguration",
        within("LoggingConfiguration", RedactedFields=[]),
        "fields that it hides is 0",
    ),
    Difference("edge: domain", "apigateway:GetDomainName", given(securityPolicy="TLS_1_0"), "TLS_1_0"),
    Difference("edge: domain", "apigateway:GetDomainName", given(domainNameStatus="UPDATING"), "UPDATING"),
    Difference(
        "edge: mapping", "apigateway:GetBasePathMapping", given(restApiId="other"), "its API is other"
    ),
)
