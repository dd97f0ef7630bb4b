"""Events as API Gateway sends them to the functions."""

import base64
import json
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlencode

from tollgate.domain.merchant import Scope


def call(
    route: str,
    body: object = None,
    *,
    merchant: str = "mer_one",
    client: str = "cli_one",
    scopes: Collection[Scope] | None = None,
    key: str | None = None,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    **parameters: str,
) -> dict[str, Any]:
    """A call of an API function that the authorizer let in, with all scopes unless told otherwise.

    `route`: method and resource (`GET /v1/tokens/{id}`), `parameters`: those of its path.
    """
    method, resource = route.split()
    given = {"Content-Type": "application/json", "User-Agent": "shop/1.0", **(headers or {})}
    if key is not None:
        given["Idempotency-Key"] = key
    allowed = list(Scope) if scopes is None else list(scopes)
    return {
        "httpMethod": method,
        "resource": resource,
        "pathParameters": parameters or None,
        "multiValueQueryStringParameters": {name: [value] for name, value in (query or {}).items()} or None,
        "headers": given,
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
        "requestContext": {
            "requestId": "req-1",
            "identity": {"sourceIp": "192.0.2.1"},
            "authorizer": {
                "client_id": client,
                "merchant_id": merchant,
                "scope": " ".join(scope.value for scope in allowed),
            },
        },
    }


def open_call(
    route: str, form: Mapping[str, str] | str | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """A call of a function that needs no access token; `form`: fields, or the body as it is."""
    method, resource = route.split()
    return {
        "httpMethod": method,
        "resource": resource,
        "headers": {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})},
        "body": form if isinstance(form, str) or form is None else urlencode(form),
        "isBase64Encoded": False,
        "requestContext": {"requestId": "req-1", "identity": {"sourceIp": "192.0.2.1"}},
    }


def basic(client_id: str, secret: str) -> dict[str, str]:
    """The Authorization header of HTTP Basic."""
    return {"Authorization": "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()}


def body_of(answer: Mapping[str, Any]) -> dict[str, Any]:
    """An answer's JSON."""
    return json.loads(answer["body"])
