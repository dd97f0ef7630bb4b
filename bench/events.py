"""Events as the gateway and the stream send them."""

import base64
import json
from collections.abc import Mapping
from typing import Any

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
MERCHANT = "mer_abcdefghijklmnopqrst"
CLIENT = "cli_abcdefghijklmnopqrst"
SCOPE = "tokens:write tokens:read payments:write payments:read refunds:write refunds:read audits:read"


def gateway_event(
    route: str, body: object = None, key: str = "", query: Mapping[str, str] | None = None, **parameters: str
) -> dict[str, Any]:
    """A call that the authorizer let in. `route`: method and resource, `parameters`: those of its path."""
    method, resource = route.split()
    path = resource.format(**parameters)
    return {
        "httpMethod": method,
        "resource": resource,
        "path": path,
        "pathParameters": parameters or None,
        "queryStringParameters": dict(query or {}) or None,
        "multiValueQueryStringParameters": {name: [value] for name, value in (query or {}).items()} or None,
        "headers": {"Content-Type": "application/json", "User-Agent": AGENT, "Idempotency-Key": key},
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
        "requestContext": {
            "requestId": "8e5f5b0c-5d0d-4f3f-9d3a-0a6f6f0f7b11",
            "path": path,
            "stage": "v1",
            "identity": {"sourceIp": "192.0.2.1"},
            "authorizer": {"client_id": CLIENT, "merchant_id": MERCHANT, "scope": SCOPE},
        },
    }


def payment_event(token: str, key: str, **fields: object) -> dict[str, Any]:
    method = {"payment_method": {"token": token}}
    return gateway_event("POST /v1/payments", {"amount": 4999, "currency": "USD", **method, **fields}, key)


def stream_event(changes: list[tuple[Mapping[str, Any] | None, Mapping[str, Any]]]) -> dict[str, Any]:
    """A batch of the `payments` table's stream: images before and after."""
    records: list[dict[str, Any]] = []
    for number, (before, after) in enumerate(changes):
        images = {"OldImage": before, "NewImage": after}
        shown = {name: _json_form(image) for name, image in images.items() if image}
        records.append({"eventID": f"e{number}", "dynamodb": {"SequenceNumber": str(number), **shown}})
    return {"Records": records}


def _json_form(value: Any) -> Any:
    match value:
        case bytes():
            return base64.b64encode(value).decode()
        case list():
            return [_json_form(each) for each in value]
        case Mapping():
            return {name: _json_form(each) for name, each in value.items()}
        case _:
            return value
