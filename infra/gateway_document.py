"""The API's contract, rendered as the OpenAPI document that API Gateway imports.

The gateway authenticates, throttles and routes. It checks parameters only: bodies are the handlers' affair,
because only they can answer with a pointer to the field. The `x-amazon-apigateway-*` members are those that
API Gateway documents.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from infra.gateway_responses import gateway_responses
from infra.routing import FUNCTION_OF

Document = Mapping[str, Any]

VERBS = ("get", "post", "patch", "delete")
VALIDATOR = "x-amazon-apigateway-request-validator"
# API Gateway's own limit for an integration, in milliseconds.
INTEGRATION_TIMEOUT = 29_000
# How long the gateway keeps the authorizer's word: a revoked client is out after this, in seconds.
AUTHORIZER_TTL = 60
# Of these the gateway hands on the bytes. Of others it makes a text, in which what isn't UTF-8 is replaced.
BINARY = ("application/json", "application/x-www-form-urlencoded")
# What isn't a bearer token (RFC 6750 §2.1) is 401 without asking the authorizer.
BEARER = "^[Bb][Ee][Aa][Rr][Ee][Rr] +[-A-Za-z0-9._~+/]+=*$"


def operations(contract: Document) -> Iterator[tuple[str, str, Document]]:
    """Path, verb and operation, each with the parameters of its path."""
    for path, item in contract["paths"].items():
        for verb in VERBS:
            if verb in item:
                shared = item.get("parameters", [])
                yield path, verb, {**item[verb], "parameters": [*shared, *item[verb].get("parameters", [])]}


def guarded(operation: Document) -> bool:
    """Whether an operation needs an access token."""
    return any("jwt" in alternative for alternative in operation["security"])


def render(contract: Document, invoke_arns: Mapping[str, str]) -> dict[str, Any]:
    """The gateway's document. `invoke_arns`: by function name, `authorizer` included."""
    paths: dict[str, dict[str, Any]] = {}
    for path, verb, operation in operations(contract):
        item = paths.setdefault(path, {})
        item[verb] = _method(contract, operation, invoke_arns[FUNCTION_OF[path]])
        if operation.get("x-open-to-pages"):
            # A page's browser asks first. The function answers, which knows the pages of a session.
            item["options"] = {**item[verb], "operationId": f"{operation['operationId']}_options"}
        if verb == "get":
            item["head"] = {**item[verb], "operationId": f"{operation['operationId']}_head"}
    return {
        "openapi": "3.0.1",
        "info": {"title": contract["info"]["title"], "version": contract["info"]["version"]},
        "paths": paths,
        "components": {"securitySchemes": _security_schemes(invoke_arns["authorizer"])},
        # The authorizer names the client's API key, and with it the usage plan: callers send none.
        "x-amazon-apigateway-api-key-source": "AUTHORIZER",
        "x-amazon-apigateway-request-validators": {
            "parameters": {"validateRequestParameters": True, "validateRequestBody": False},
            "none": {"validateRequestParameters": False, "validateRequestBody": False},
        },
        VALIDATOR: "parameters",
        "x-amazon-apigateway-binary-media-types": list(BINARY),
        "x-amazon-apigateway-gateway-responses": gateway_responses(),
    }


def fingerprint(contract: Document, *, default_endpoint: bool) -> str:
    """A digest of all that a deployment freezes. It doesn't depend on ARNs, so a preview knows it.

    `default_endpoint`: whether the API answers under AWS's own name, which a deployment freezes, too (API
    Gateway Developer Guide, Disable the default endpoint for REST APIs).
    """
    functions = {*FUNCTION_OF.values(), "authorizer"}
    document = render(contract, {function: function for function in functions})
    frozen = {"document": document, "default_endpoint": default_endpoint}
    return hashlib.sha256(json.dumps(frozen, sort_keys=True).encode()).hexdigest()


def _method(contract: Document, operation: Document, invoke_arn: str) -> dict[str, Any]:
    method: dict[str, Any] = {
        "operationId": operation["operationId"],
        "parameters": [_parameter(contract, parameter) for parameter in operation["parameters"]],
        "responses": {},
        "security": [{"jwt": [], "api_key": []}] if guarded(operation) else [],
        "x-amazon-apigateway-integration": {
            "type": "aws_proxy",
            "httpMethod": "POST",
            "uri": invoke_arn,
            "timeoutInMillis": INTEGRATION_TIMEOUT,
        },
    }
    if any(parameter["in"] != "path" and parameter["required"] for parameter in method["parameters"]):
        # The gateway would answer 400 for what is missing before the handler could answer 403 or 404, which
        # the contract puts first.
        method[VALIDATOR] = "none"
    return method


def _parameter(contract: Document, parameter: Document) -> dict[str, Any]:
    """What the gateway understands of a parameter: that it exists, and whether it must."""
    resolved = _resolved(contract, parameter)
    return {
        "name": resolved["name"],
        "in": resolved["in"],
        "required": resolved.get("required", False),
        "schema": {"type": "string"},
    }


def _resolved(contract: Document, item: Document) -> Document:
    """The item itself, or what its `$ref` points to."""
    if "$ref" not in item:
        return item
    found: Any = contract
    for step in item["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


def _security_schemes(authorizer_uri: str) -> dict[str, Any]:
    return {
        "jwt": {
            "type": "apiKey",
            "name": "Authorization",
            "in": "header",
            "x-amazon-apigateway-authtype": "custom",
            "x-amazon-apigateway-authorizer": {
                "type": "token",
                "identitySource": "method.request.header.Authorization",
                "identityValidationExpression": BEARER,
                "authorizerUri": authorizer_uri,
                "authorizerResultTtlInSeconds": AUTHORIZER_TTL,
            },
        },
        "api_key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
    }
