import json
import re
from typing import Any

import pytest
import yaml

from infra.access import SERVED
from infra.gateway_document import BEARER, Document, fingerprint, operations, render
from infra.gateway_responses import PROBLEMS, gateway_responses
from infra.routing import FUNCTION_OF, PATHS
from tests.infra.graphs import ROOT
from tollgate.handlers.problem import PROBLEMS as RUNTIME_PROBLEMS
from tollgate.handlers.problem import TYPE

CONTRACT = yaml.safe_load((ROOT / "runtime" / "openapi.yaml").read_text())
ARNS = {name: f"arn:{name}" for name in SERVED}
DOCUMENT = render(CONTRACT, ARNS)
METHODS = {(path, verb): method for path, item in DOCUMENT["paths"].items() for verb, method in item.items()}


def method(path: str, verb: str) -> dict[str, Any]:
    return METHODS[path, verb]


def test_every_operation_of_the_contract_is_a_method_and_no_other() -> None:
    documented = {(path, verb) for path, verb, _ in operations(CONTRACT)}
    heads = {(path, "head") for path, verb in documented if verb == "get"}
    pages = {(path, "options") for path, _, each in operations(CONTRACT) if each.get("x-open-to-pages")}
    assert set(METHODS) == documented | heads | pages
    assert all(
        set(item) <= {"get", "post", "patch", "delete", "parameters"} for item in CONTRACT["paths"].values()
    )


def test_browsers_are_answered_before_a_page_calls_and_only_where_pages_may() -> None:
    asked = {path for path, verb in METHODS if verb == "options"}
    assert asked == PAGES
    for path in asked:
        posted = METHODS[path, "post"]
        assert {**METHODS[path, "options"], "operationId": posted["operationId"]} == posted
        assert posted["security"] == []


@pytest.mark.parametrize("path", [path for path, verb in METHODS if verb == "head"])
def test_head_is_got_as_get_is(path: str) -> None:
    got, head = METHODS[path, "get"], METHODS[path, "head"]
    assert {**head, "operationId": got["operationId"]} == got
    assert head["operationId"] != got["operationId"]


def test_bodies_that_functions_read_arrive_as_bytes() -> None:
    read = {"application/json", "application/x-www-form-urlencoded"}
    assert set(DOCUMENT["x-amazon-apigateway-binary-media-types"]) == read
    named = {
        kind
        for _, _, operation in operations(CONTRACT)
        for kind in operation.get("requestBody", {}).get("content", {})
    }
    assert named == read


@pytest.mark.parametrize("given", ["Bearer a.b-c_d", "bearer x", "BEARER  x~+/==", "BeArEr x"])
def test_a_bearer_token_is_one_in_any_case(given: str) -> None:
    assert re.fullmatch(BEARER, given)


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer ", "Basic eA==", "Bearer a b", "Bearer a=b", "xBearer a"]
)
def test_what_is_no_bearer_token_is_not_asked_about(given: str) -> None:
    assert not re.fullmatch(BEARER, given)


def test_every_path_of_the_contract_has_one_function_that_the_api_serves() -> None:
    assert sorted(path for paths in PATHS.values() for path in paths) == sorted(CONTRACT["paths"])
    assert set(PATHS) == set(SERVED) - {"authorizer"}


def test_a_method_invokes_the_function_of_its_path() -> None:
    for path, verb, _ in operations(CONTRACT):
        integration = method(path, verb)["x-amazon-apigateway-integration"]
        assert integration == {
            "type": "aws_proxy",
            "httpMethod": "POST",
            "uri": ARNS[FUNCTION_OF[path]],
            "timeoutInMillis": 29_000,
        }


PAGES = {f"/v1/checkout_sessions/{{id}}/{verb}" for verb in ("pay", "view")}
"""Open to shoppers' pages, which have a session's secret in place of an access token."""


def test_every_other_method_under_v1_needs_an_access_token_and_a_usage_plan() -> None:
    guarded = {key for key, one in METHODS.items() if one["security"] == [{"jwt": [], "api_key": []}]}
    under_v1 = {(path, verb) for path, verb in METHODS if path.startswith("/v1/")}
    assert guarded == {(path, verb) for path, verb in under_v1 if path not in PAGES}


def test_the_public_methods_are_these_and_no_others() -> None:
    public = {path for (path, _), one in METHODS.items() if one["security"] == []}
    assert public == {"/health", "/.well-known/jwks.json", "/oauth/token"} | PAGES


def test_the_authorizer_is_asked_for_bearer_tokens_only_and_believed_for_a_minute() -> None:
    scheme = DOCUMENT["components"]["securitySchemes"]["jwt"]
    authorizer = scheme["x-amazon-apigateway-authorizer"]
    assert authorizer["authorizerUri"] == "arn:authorizer"
    assert authorizer["identitySource"] == "method.request.header.Authorization"
    assert authorizer["authorizerResultTtlInSeconds"] == 60
    assert DOCUMENT["x-amazon-apigateway-api-key-source"] == "AUTHORIZER"


def test_parameters_are_checked_and_bodies_are_not() -> None:
    validators = DOCUMENT["x-amazon-apigateway-request-validators"]
    assert not any(rules["validateRequestBody"] for rules in validators.values())
    assert DOCUMENT["x-amazon-apigateway-request-validator"] == "parameters"
    assert "schemas" not in DOCUMENT["components"]
    assert not any("requestBody" in one for one in METHODS.values())


def test_what_is_missing_is_left_to_the_handler_which_checks_scope_and_object_first() -> None:
    unchecked = {
        key for key, one in METHODS.items() if one.get("x-amazon-apigateway-request-validator") == "none"
    }
    posts = {(path, verb) for path, verb in METHODS if path.startswith("/v1/") and verb == "post"}
    days = {("/v1/movements", "get"), ("/v1/movements", "head")}
    assert unchecked == {(path, verb) for path, verb in posts if path not in PAGES} | days


def test_a_methods_parameters_are_those_of_its_path_and_operation() -> None:
    parameters = method("/v1/payments/{id}/refunds", "post")["parameters"]
    assert [(one["name"], one["in"], one["required"]) for one in parameters] == [
        ("id", "path", True),
        ("Idempotency-Key", "header", True),
        ("Prefer", "header", False),
    ]


def digest(contract: Document) -> str:
    return fingerprint(contract, default_endpoint=False)


def test_a_change_of_the_contract_that_the_gateway_sees_changes_the_fingerprint() -> None:
    changed = json.loads(json.dumps(CONTRACT))
    changed["paths"]["/health"]["get"]["operationId"] = "is_it_up"
    assert digest(changed) != digest(CONTRACT)


def test_switching_aws_own_name_for_the_api_on_or_off_changes_the_fingerprint() -> None:
    # It takes a deployment to have effect; until then the domain's client certificates can be gone around.
    assert fingerprint(CONTRACT, default_endpoint=False) != fingerprint(CONTRACT, default_endpoint=True)


def test_a_change_that_the_gateway_does_not_see_leaves_the_fingerprint() -> None:
    changed = json.loads(json.dumps(CONTRACT))
    changed["components"]["schemas"]["Payment"]["description"] = "another word"
    assert digest(changed) == digest(CONTRACT)


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("UNAUTHORIZED", 401, "unauthorized"),
        ("ACCESS_DENIED", 401, "unauthorized"),
        ("INVALID_API_KEY", 401, "unauthorized"),
        ("WAF_FILTERED", 403, "insufficient_scope"),
        ("MISSING_AUTHENTICATION_TOKEN", 404, "not_found"),
        ("BAD_REQUEST_PARAMETERS", 400, "invalid_request"),
        ("REQUEST_TOO_LARGE", 413, "payload_too_large"),
        ("UNSUPPORTED_MEDIA_TYPE", 415, "unsupported_media_type"),
        ("THROTTLED", 429, "rate_limited"),
        ("QUOTA_EXCEEDED", 429, "rate_limited"),
        ("INTEGRATION_FAILURE", 500, "internal_error"),
        ("DEFAULT_5XX", 500, "internal_error"),
        ("INTEGRATION_TIMEOUT", 504, "timeout"),
    ],
)
def test_the_gateway_answers_in_the_contracts_words(kind: str, status: int, code: str) -> None:
    response = gateway_responses()[kind]
    body = json.loads(response["responseTemplates"]["application/json"])
    assert response["statusCode"] == str(status)
    assert (body["status"], body["code"]) == (status, code)
    assert body["retryable"] == (status in {429, 500, 504})
    assert body["request_id"] == "$context.requestId"


@pytest.mark.parametrize("kind", PROBLEMS)
def test_a_gateway_response_is_a_problem_with_a_request_id(kind: str) -> None:
    response = gateway_responses()[kind]
    headers = response["responseParameters"]
    assert headers["gatewayresponse.header.Content-Type"] == "'application/problem+json'"
    assert headers["gatewayresponse.header.X-Request-Id"] == "context.requestId"
    body = json.loads(response["responseTemplates"]["application/json"])
    assert set(body) == set(CONTRACT["components"]["schemas"]["Problem"]["required"])
    assert body["code"] in CONTRACT["components"]["schemas"]["ProblemCode"]["x-extensible-enum"]


def test_headers_say_how_to_authenticate_and_when_to_come_back() -> None:
    responses = gateway_responses()
    challenge = "gatewayresponse.header.WWW-Authenticate"
    assert responses["UNAUTHORIZED"]["responseParameters"][challenge] == "'Bearer realm=\"tollgate\"'"
    for kind in ("ACCESS_DENIED", "INVALID_API_KEY"):
        named = responses[kind]["responseParameters"][challenge]
        assert named == '\'Bearer realm="tollgate", error="invalid_token"\''
    assert "gatewayresponse.header.Retry-After" in responses["THROTTLED"]["responseParameters"]


def test_gateway_and_handlers_word_the_same_problem_alike() -> None:
    runtime = {code.value: (status, title) for code, (status, title) in RUNTIME_PROBLEMS.items()}
    for problem in PROBLEMS.values():
        assert runtime.get(problem.code, (problem.status, problem.title)) == (problem.status, problem.title)
    template = gateway_responses()["UNAUTHORIZED"]["responseTemplates"]["application/json"]
    assert json.loads(template)["type"].startswith(TYPE)
