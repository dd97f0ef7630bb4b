"""A request for an access token, as RFC 6749 writes it: a form, and the client's credentials."""

import base64
import binascii
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote_plus

from tollgate.domain.access import GrantError, GrantRefused, GrantRequest
from tollgate.handlers.body import check_size_and_coding
from tollgate.handlers.headers import Headers, is_media_type

FORM = "application/x-www-form-urlencoded"
MAX_CLIENT_ID = 64


def grant_request_of(headers: Headers, body: bytes) -> GrantRequest:
    """The request in a form. Raises `GrantRefused` (`invalid_request`, `invalid_client`), and `Refusal`
    (`payload_too_large`, `unsupported_media_type`)."""
    check_size_and_coding(headers, body)
    if not is_media_type(headers, FORM):
        raise _malformed(f"Send the parameters as {FORM}.")
    parameters = _parameters(body)
    if "grant_type" not in parameters:
        raise _malformed("The parameter grant_type is missing.")
    client_id, secret = _credentials(headers.get("authorization"), parameters)
    if len(client_id) > MAX_CLIENT_ID:
        raise _no_client("There is no such client.")
    return GrantRequest(parameters["grant_type"], client_id, secret, parameters.get("scope"))


def _parameters(body: bytes) -> dict[str, str]:
    """Each at most once; one without a value counts as absent (RFC 6749 §3.2)."""
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict")
    except ValueError:
        raise _malformed("The body is not a form.") from None
    parameters = dict(pairs)
    if len(parameters) != len(pairs):
        raise _malformed("A parameter stands twice.")
    return {name: value for name, value in parameters.items() if value}


def _credentials(authorization: str | None, parameters: Mapping[str, str]) -> tuple[str, str]:
    """The client's id and secret: by HTTP Basic or in the form, not both (RFC 6749 §2.3)."""
    if authorization is None:
        if "client_id" not in parameters or "client_secret" not in parameters:
            raise _no_client("The client's credentials are missing.")
        return parameters["client_id"], parameters["client_secret"]
    client_id, secret = _basic(authorization)
    if "client_secret" in parameters or parameters.get("client_id", client_id) != client_id:
        raise _malformed("Send the client's credentials in the header or in the form, not in both.")
    return client_id, secret


def _basic(authorization: str) -> tuple[str, str]:
    """RFC 7617; id and secret are form-encoded within (RFC 6749 §2.3.1)."""
    scheme, _, encoded = authorization.strip().partition(" ")
    if scheme.lower() != "basic":
        raise _no_client("The client authenticates with HTTP Basic or in the form.")
    try:
        client_id, colon, secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
        decoded = unquote_plus(client_id, errors="strict"), unquote_plus(secret, errors="strict")
    except (binascii.Error, UnicodeDecodeError):
        raise _no_client("The Basic credentials are malformed.") from None
    if not colon:
        raise _no_client("The Basic credentials are malformed.")
    return decoded


def _malformed(description: str) -> GrantRefused:
    return GrantRefused(GrantError.INVALID_REQUEST, description)


def _no_client(description: str) -> GrantRefused:
    return GrantRefused(GrantError.INVALID_CLIENT, description)
