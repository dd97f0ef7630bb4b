"""A REST API made from its OpenAPI document, call by call: the emulator doesn't import documents.

The `x-amazon-apigateway-*` members are those that API Gateway documents. A member that this module doesn't
know is refused, because AWS would do something with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

KEY_SOURCE = "x-amazon-apigateway-api-key-source"
VALIDATOR = "x-amazon-apigateway-request-validator"
VALIDATORS = "x-amazon-apigateway-request-validators"
AUTHORIZER = "x-amazon-apigateway-authorizer"
AUTHORIZER_KIND = "x-amazon-apigateway-authtype"
INTEGRATION = "x-amazon-apigateway-integration"
RESPONSES = "x-amazon-apigateway-gateway-responses"
BINARY = "x-amazon-apigateway-binary-media-types"

DOCUMENT = {
    "openapi",
    "info",
    "paths",
    "components",
    "security",
    KEY_SOURCE,
    VALIDATOR,
    VALIDATORS,
    RESPONSES,
    BINARY,
}
OPERATION = {"operationId", "parameters", "security", "responses", VALIDATOR, INTEGRATION}
VERBS = {"get", "put", "post", "delete", "patch", "head", "options"}
PARAMETER_PLACES = {"header": "header", "query": "querystring", "path": "path"}
INTEGRATION_MEMBERS = {
    "type": "type",
    "httpMethod": "integrationHttpMethod",
    "uri": "uri",
    "passthroughBehavior": "passthroughBehavior",
    "timeoutInMillis": "timeoutInMillis",
}


def checked(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same document; `ValueError` names every member that this module doesn't understand."""
    unknown = [*document.keys() - DOCUMENT]
    unknown += [f"components.{name}" for name in document.get("components", {}).keys() - {"securitySchemes"}]
    for path, item in document["paths"].items():
        unknown += [f"{path}.{verb}" for verb in item.keys() - VERBS]
        for verb, operation in item.items():
            unknown += [f"{path}.{verb}.{key}" for key in operation.keys() - OPERATION]
            integration = operation.get(INTEGRATION, {})
            unknown += [
                f"{path}.{verb}.{INTEGRATION}.{key}"
                for key in integration.keys() - INTEGRATION_MEMBERS.keys()
            ]
    if unknown:
        raise ValueError(f"members of the OpenAPI document not understood: {', '.join(sorted(unknown))}")
    return document


def expand(gateway: Any, api_id: str, document: Mapping[str, Any]) -> None:
    """Make everything that the document declares in an API that has only its root."""
    _put_gateway_responses(gateway, api_id, document.get(RESPONSES, {}))
    validators = {
        name: gateway.create_request_validator(restApiId=api_id, name=name, **rules)["id"]
        for name, rules in document.get(VALIDATORS, {}).items()
    }
    schemes = document.get("components", {}).get("securitySchemes", {})
    authorizers = {
        name: _create_authorizer(gateway, api_id, name, scheme)
        for name, scheme in schemes.items()
        if AUTHORIZER in scheme
    }
    resource_ids = _create_resources(gateway, api_id, document["paths"])
    for path, verb, operation in _operations(document):
        method = {"restApiId": api_id, "resourceId": resource_ids[path], "httpMethod": verb.upper()}
        _put_method(gateway, method, operation, validators, authorizers)


def clear(gateway: Any, api_id: str) -> None:
    """Remove what `expand` made, deepest resources first: a removed parent leaves its children behind."""
    for resource in sorted(resources(gateway, api_id), key=lambda item: -item["path"].count("/")):
        if resource["path"] != "/":
            gateway.delete_resource(restApiId=api_id, resourceId=resource["id"])
    for authorizer in gateway.get_authorizers(restApiId=api_id)["items"]:
        gateway.delete_authorizer(restApiId=api_id, authorizerId=authorizer["id"])
    for validator in gateway.get_request_validators(restApiId=api_id)["items"]:
        gateway.delete_request_validator(restApiId=api_id, requestValidatorId=validator["id"])
    for response in gateway.get_gateway_responses(restApiId=api_id)["items"]:
        if not response.get("defaultResponse"):
            gateway.delete_gateway_response(restApiId=api_id, responseType=response["responseType"])


def set_binary_media_types(gateway: Any, api_id: str, wanted: Collection[str]) -> None:
    """As AWS has it: they are added and removed one by one."""
    there = gateway.get_rest_api(restApiId=api_id).get("binaryMediaTypes", [])
    changes = [("remove", each) for each in there if each not in wanted]
    changes += [("add", each) for each in wanted if each not in there]
    patches = [
        {"op": op, "path": "/binaryMediaTypes/" + media_type.replace("/", "~1")} for op, media_type in changes
    ]
    if patches:
        gateway.update_rest_api(restApiId=api_id, patchOperations=patches)


def resources(gateway: Any, api_id: str) -> list[dict[str, Any]]:
    """All resources of an API, its root included."""
    return gateway.get_resources(restApiId=api_id, limit=500)["items"]


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Path, verb and operation, with the document's defaults filled in."""
    defaults = {"security": document.get("security", []), VALIDATOR: document.get(VALIDATOR)}
    for path, item in document["paths"].items():
        for verb, operation in item.items():
            yield path, verb, {**defaults, **operation}


def _put_gateway_responses(gateway: Any, api_id: str, responses: Mapping[str, Any]) -> None:
    for kind, response in responses.items():
        members = dict(response)
        if "statusCode" in members:
            members["statusCode"] = str(members["statusCode"])
        gateway.put_gateway_response(restApiId=api_id, responseType=kind, **members)


def _create_authorizer(gateway: Any, api_id: str, name: str, scheme: Mapping[str, Any]) -> str:
    members = dict(scheme[AUTHORIZER])
    kind = members.pop("type").upper()
    return gateway.create_authorizer(
        restApiId=api_id, name=name, type=kind, authType=scheme[AUTHORIZER_KIND], **members
    )["id"]


def _create_resources(gateway: Any, api_id: str, paths: Mapping[str, Any]) -> dict[str, str]:
    ids = {item["path"]: item["id"] for item in resources(gateway, api_id)}
    for path in paths:
        current = "/"
        for part in path.strip("/").split("/"):
            parent, current = current, f"{current.rstrip('/')}/{part}"
            if current not in ids:
                created = gateway.create_resource(restApiId=api_id, parentId=ids[parent], pathPart=part)
                ids[current] = created["id"]
    return ids


def _put_method(
    gateway: Any,
    method: Mapping[str, str],
    operation: Mapping[str, Any],
    validators: Mapping[str, str],
    authorizers: Mapping[str, str],
) -> None:
    required = {scheme for alternative in operation["security"] for scheme in alternative}
    authorizer = next((authorizers[scheme] for scheme in required if scheme in authorizers), None)
    validator = operation.get(VALIDATOR)
    optional = {
        "authorizerId": authorizer,
        "operationName": operation.get("operationId"),
        "requestValidatorId": validators[validator] if validator else None,
    }
    gateway.put_method(
        **method,
        authorizationType="CUSTOM" if authorizer else "NONE",
        apiKeyRequired=bool(required - authorizers.keys()),
        requestParameters={
            f"method.request.{PARAMETER_PLACES[parameter['in']]}.{parameter['name']}": parameter.get(
                "required", False
            )
            for parameter in operation.get("parameters", [])
        },
        **{name: value for name, value in optional.items() if value},
    )
    integration = operation[INTEGRATION]
    members = {INTEGRATION_MEMBERS[key]: value for key, value in integration.items()}
    for key in {"type", "passthroughBehavior"} & members.keys():
        members[key] = members[key].upper()
    gateway.put_integration(**method, **members)
