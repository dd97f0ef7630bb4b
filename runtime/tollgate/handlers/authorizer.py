"""API Gateway's authorizer: a bearer token (RFC 6750) in, a policy out."""

from collections.abc import Callable, Mapping
from typing import Any

from tollgate import telemetry
from tollgate.domain.access import Permit, Unauthorized, scope_text
from tollgate.operations.verify_access_token import verify_access_token
from tollgate.wiring.authorizer import World, world

NOBODY = "nobody"


class AuthorizerFailed(Exception):
    """Something of ours failed: nobody gets in, and the gateway answers 500, so that callers try again."""


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """The `authorizer` function. Its policy denies a token that opens nothing: the gateway answers 401, and
    remembers that, too."""
    try:
        return authorize(event, world)
    except Unauthorized:
        return {"principalId": NOBODY, "policyDocument": _policy_document("Deny", event["methodArn"])}


def authorize(event: Mapping[str, Any], world: Callable[[], World]) -> dict[str, Any]:
    """The policy of whoever the token speaks for. Raises `Unauthorized`, `AuthorizerFailed`."""
    request_id = event.get("requestContext", {}).get("requestId", "")
    try:
        present = world()
        permit = verify_access_token(_bearer_token(event), present.tokens, present.clients)
    except Unauthorized as refusal:
        telemetry.unauthorized(refusal.reason, request_id)
        raise
    except Exception as failure:
        telemetry.not_authorized(failure, request_id)
        raise AuthorizerFailed("The authorizer failed.") from None
    telemetry.admitted(permit.principal.client_id, request_id)
    return _policy(permit, event["methodArn"])


def _bearer_token(event: Mapping[str, Any]) -> str:
    scheme, _, token = _authorization(event).partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized("no_bearer_token")
    return token.strip()


def _authorization(event: Mapping[str, Any]) -> str:
    if "authorizationToken" in event:
        return event["authorizationToken"] or ""
    headers: Mapping[str, list[str]] = event.get("multiValueHeaders") or {
        name: [value] for name, value in (event.get("headers") or {}).items()
    }
    values = [value for name, given in headers.items() if name.lower() == "authorization" for value in given]
    if len(values) > 1:
        raise Unauthorized("two_tokens")
    return values[0] if values else ""


def _policy(permit: Permit, method_arn: str) -> dict[str, Any]:
    """What a client may do on the stage's routes is its scopes' affair."""
    principal = permit.principal
    return {
        "principalId": principal.client_id,
        "policyDocument": _policy_document("Allow", method_arn),
        "context": {
            "client_id": principal.client_id,
            "merchant_id": principal.merchant_id,
            "scope": scope_text(principal.scopes),
        },
        "usageIdentifierKey": permit.api_key,
    }


def _policy_document(effect: str, method_arn: str) -> dict[str, Any]:
    """For every route of the stage: the gateway uses the cached policy for all of them."""
    api, stage = method_arn.split("/")[:2]
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": f"{api}/{stage}/*"}
    return {"Version": "2012-10-17", "Statement": [statement]}
