"""`POST /oauth/token`: RFC 6749 §4.4 and §5."""

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote_plus

import jwt
import pytest

from tests.events import basic, body_of, call, open_call
from tests.fakes.clients import FakeClients
from tests.fakes.clock import FakeClock
from tests.fakes.signing_keys import FakeSigningKeys
from tests.unit.identity.conftest import AUDIENCE, CARD_PAGES, ISSUER, SECRET, client
from tollgate.domain.merchant import Scope
from tollgate.handlers.identity import respond
from tollgate.wiring.identity import World as IdentityWorld

GRANT = {"grant_type": "client_credentials"}
IN_FORM = {**GRANT, "client_id": "cli_one", "client_secret": SECRET}
IN_HEADER = basic("cli_one", quote_plus(SECRET))


def ask(
    identity: IdentityWorld,
    form: Mapping[str, str] | str | None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    return respond(open_call("POST /oauth/token", form, headers), lambda: identity)


def test_credentials_in_the_header_get_a_token_with_all_scopes(identity: IdentityWorld) -> None:
    answer = ask(identity, GRANT, IN_HEADER)
    assert answer["statusCode"] == 200
    body = body_of(answer)
    assert body["token_type"] == "Bearer"
    assert body["expires_in"] == 900
    assert body["scope"] == "payments:read payments:write"
    assert answer["headers"]["Cache-Control"] == "no-store"
    assert answer["headers"]["X-Request-Id"] == "req-1"


def test_the_token_says_whom_it_is_for_and_which_key_signed_it(
    identity: IdentityWorld, keys: FakeSigningKeys
) -> None:
    token = body_of(ask(identity, IN_FORM))["access_token"]
    header = jwt.get_unverified_header(token)
    assert header == {"alg": "ES256", "typ": "at+jwt", "kid": keys.current_kid}
    public = keys.public_keys[header["kid"]]
    claims = jwt.decode(token, public, algorithms=["ES256"], audience=AUDIENCE, issuer=ISSUER)
    assert claims["sub"] == claims["client_id"] == "cli_one"
    assert claims["merchant"] == "mer_one"
    assert claims["exp"] - claims["iat"] == 900
    assert claims["jti"]


def test_two_tokens_differ(identity: IdentityWorld) -> None:
    first, second = (body_of(ask(identity, IN_FORM))["access_token"] for _ in range(2))
    assert first != second


def test_fewer_scopes_can_be_asked_for(identity: IdentityWorld) -> None:
    answer = ask(identity, {**IN_FORM, "scope": "payments:read"})
    assert body_of(answer)["scope"] == "payments:read"


def test_an_empty_scope_counts_as_none_asked_for(identity: IdentityWorld) -> None:
    assert body_of(ask(identity, {**IN_FORM, "scope": ""}))["scope"] == "payments:read payments:write"


@pytest.mark.parametrize("scope", ["refunds:write", "payments:read refunds:write", "admin", " ", "a  b"])
def test_scopes_that_the_client_does_not_have_are_refused(identity: IdentityWorld, scope: str) -> None:
    answer = ask(identity, {**IN_FORM, "scope": scope})
    assert (answer["statusCode"], body_of(answer)["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize(
    ("form", "headers"),
    [
        (GRANT, None),
        ({**IN_FORM, "client_secret": "wrong"}, None),
        ({**IN_FORM, "client_id": "cli_nobody"}, None),
        ({**IN_FORM, "client_id": "x" * 3000}, None),
        ({**GRANT, "client_id": "cli_one"}, None),
        (GRANT, basic("cli_one", "wrong")),
        (GRANT, basic("cli_one", "")),
        (GRANT, {"Authorization": "Basic !"}),
        (GRANT, {"Authorization": "Basic " + base64.b64encode(b"no-colon").decode()}),
        (GRANT, {"Authorization": "Basic " + base64.b64encode(b"\xff:\xff").decode()}),
        (GRANT, {"Authorization": "Bearer something"}),
    ],
)
def test_a_client_that_does_not_prove_itself_is_refused(
    identity: IdentityWorld, form: Mapping[str, str], headers: Mapping[str, str] | None
) -> None:
    answer = ask(identity, form, headers)
    assert (answer["statusCode"], body_of(answer)["error"]) == (401, "invalid_client")
    assert answer["headers"]["WWW-Authenticate"].startswith("Basic")
    assert answer["headers"]["Cache-Control"] == "no-store"


def test_a_revoked_client_is_refused(identity: IdentityWorld, clients: FakeClients) -> None:
    clients.stored["cli_one"] = client(revoked=True)
    assert body_of(ask(identity, IN_FORM))["error"] == "invalid_client"


@pytest.mark.parametrize(
    ("name", "said"),
    [("grant_type", "The parameter grant_type"), ("4539858876047062", "A parameter"), ('"', "A parameter")],
)
def test_parameters_in_the_query_are_refused(identity: IdentityWorld, name: str, said: str) -> None:
    event = open_call("POST /oauth/token", IN_FORM)
    event["multiValueQueryStringParameters"] = {name: ["client_credentials"]}
    answer = respond(event, lambda: identity)
    assert (answer["statusCode"], body_of(answer)["error"]) == (400, "invalid_request")
    assert body_of(answer)["error_description"] == f"{said} stands in the query: it has none."


@pytest.mark.parametrize(
    ("form", "headers"),
    [
        (IN_FORM, IN_HEADER),
        ({**GRANT, "client_id": "cli_other"}, IN_HEADER),
        ({"client_id": "cli_one", "client_secret": SECRET}, None),
        ({**IN_FORM, "grant_type": ""}, None),
        ("grant_type=client_credentials&grant_type=client_credentials", IN_HEADER),
        ("grant_type=%ff", IN_HEADER),
        ("", IN_HEADER),
        (None, IN_HEADER),
        (IN_FORM, {"Content-Type": "application/json"}),
        (IN_FORM, {"Content-Type": ""}),
    ],
)
def test_a_malformed_request_is_refused(
    identity: IdentityWorld, form: Mapping[str, str] | str | None, headers: Mapping[str, str] | None
) -> None:
    answer = ask(identity, form, headers)
    assert (answer["statusCode"], body_of(answer)["error"]) == (400, "invalid_request")


def test_the_client_may_name_itself_beside_its_header(identity: IdentityWorld) -> None:
    assert ask(identity, {**GRANT, "client_id": "cli_one"}, IN_HEADER)["statusCode"] == 200


def test_other_grants_are_refused(identity: IdentityWorld) -> None:
    answer = ask(identity, {**IN_FORM, "grant_type": "password"})
    assert (answer["statusCode"], body_of(answer)["error"]) == (400, "unsupported_grant_type")


def test_a_form_with_a_charset_and_unknown_parameters_is_accepted(identity: IdentityWorld) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
    assert ask(identity, {**IN_FORM, "audience": "x"}, headers)["statusCode"] == 200


def test_a_body_over_8_kib_is_too_large(identity: IdentityWorld) -> None:
    assert ask(identity, {**IN_FORM, "padding": "x" * 8192})["statusCode"] == 413


def test_a_failure_of_ours_is_a_problem_without_inside_words(identity: IdentityWorld) -> None:
    def broken() -> IdentityWorld:
        raise ConnectionError("inside")

    answer = respond(open_call("POST /oauth/token", IN_FORM), broken)
    assert answer["statusCode"] == 500
    assert "inside" not in answer["body"]
    assert body_of(answer)["retryable"] is True


def test_health_tells_nothing_else_and_needs_nothing() -> None:
    def broken() -> IdentityWorld:
        raise AssertionError("health needs no world")

    answer = respond(open_call("GET /health"), broken)
    assert (answer["statusCode"], answer["body"]) == (200, '{"status":"ok"}')


def test_the_key_set_may_be_cached_and_tells_the_time(identity: IdentityWorld, clock: FakeClock) -> None:
    answer = respond(open_call("GET /.well-known/jwks.json"), lambda: identity)
    assert answer["headers"]["Cache-Control"] == "public, max-age=60"
    assert answer["headers"]["Content-Type"] == "application/json"
    assert body_of(answer) == {"keys": [], "now": clock.now() // 1000}


@pytest.mark.parametrize("headers", [None, {"origin": CARD_PAGES}, {"Origin": "null"}])
def test_every_page_may_read_the_key_set(identity: IdentityWorld, headers: dict[str, str] | None) -> None:
    answer = respond(open_call("GET /.well-known/jwks.json", None, headers), lambda: identity)
    assert answer["headers"]["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("route", ["GET /health", "GET /.well-known/jwks.json"])
def test_an_unknown_query_parameter_is_refused(identity: IdentityWorld, route: str) -> None:
    event = {**open_call(route), "multiValueQueryStringParameters": {"a": ["1"]}}
    answer = respond(event, lambda: identity)
    assert (answer["statusCode"], body_of(answer)["errors"][0]["pointer"]) == (400, "a")


def test_head_is_answered_as_get_is_without_the_body(identity: IdentityWorld) -> None:
    got = respond(open_call("GET /.well-known/jwks.json"), lambda: identity)
    head = respond(open_call("HEAD /.well-known/jwks.json"), lambda: identity)
    assert (head["statusCode"], head["headers"], head["body"]) == (200, got["headers"], "")


def test_a_client_hears_whom_it_speaks_for(identity: IdentityWorld) -> None:
    event = call("GET /v1/me", scopes=[Scope.REFUNDS_READ, Scope.PAYMENTS_WRITE])
    answer = respond(event, lambda: identity)
    assert answer["statusCode"] == 200
    assert body_of(answer) == {
        "id": "cli_one",
        "object": "client",
        "merchant": {"id": "mer_one", "name": "One"},
        "scopes": ["payments:write", "refunds:read"],
        "currencies": ["EUR", "JPY", "USD"],
        "multiple_captures": True,
    }
    assert respond(call("GET /v1/me", query={"a": "1"}), lambda: identity)["statusCode"] == 400


def test_a_client_without_scopes_hears_it(identity: IdentityWorld) -> None:
    event = call("GET /v1/me")
    del event["requestContext"]["authorizer"]["scope"]  # the gateway may drop an empty text
    assert body_of(respond(event, lambda: identity))["scopes"] == []


def test_a_compressed_form_is_refused(identity: IdentityWorld) -> None:
    assert ask(identity, IN_FORM, {"Content-Encoding": "gzip"})["statusCode"] == 415


def test_a_card_page_may_not_read_access_tokens(identity: IdentityWorld) -> None:
    answer = ask(identity, IN_FORM, {"Origin": CARD_PAGES})
    assert "Access-Control-Allow-Origin" not in answer["headers"]
