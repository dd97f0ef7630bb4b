"""Getting in: access tokens, public keys, and who is kept out."""

import base64
import uuid
from collections.abc import Iterator
from functools import partial

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from onboarding import Stage, revoke_client
from tests.e2e.caller import Caller, code_of
from tollgate.domain.merchant import Scope

SCOPES = " ".join(sorted(Scope))


def test_health_tells_nothing_else(shop: Caller) -> None:
    answer = shop.send("GET", "/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_the_key_set_has_a_signing_and_an_encryption_key_and_may_be_cached(shop: Caller) -> None:
    answer = shop.send("GET", "/.well-known/jwks.json")
    keys = {(key["use"], key["kty"], key["alg"]) for key in answer.json()["keys"]}
    assert keys == {("sig", "EC", "ES256"), ("enc", "RSA", "RSA-OAEP-256")}
    assert not any(key.keys() & {"d", "p", "q", "dp", "dq", "qi"} for key in answer.json()["keys"])
    assert "max-age" in answer.headers["Cache-Control"]


def test_credentials_in_header_or_body_get_a_token_that_the_published_key_verifies(shop: Caller) -> None:
    in_body = {"client_id": shop.client_id, "client_secret": shop.client_secret}
    form = {"grant_type": "client_credentials"}
    for answer in (shop.grant({}), shop.send("POST", "/oauth/token", data=form | in_body)):
        granted = answer.json()
        assert answer.status_code == 200
        assert (answer.headers["Cache-Control"], answer.headers["Pragma"]) == ("no-store", "no-cache")
        assert (granted["token_type"], granted["expires_in"], granted["scope"]) == ("Bearer", 900, SCOPES)
        keys = jwt.PyJWKClient(f"{shop.base_url}/.well-known/jwks.json")
        key = keys.get_signing_key_from_jwt(granted["access_token"])
        claims = jwt.decode(
            granted["access_token"], key, ["ES256"], audience=shop.base_url, issuer=shop.base_url
        )
        assert (claims["sub"], claims["merchant"]) == (shop.client_id, shop.merchant_id)


@pytest.mark.parametrize(
    ("parameters", "status", "error"),
    [
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"scope": "payments:read everything"}, 400, "invalid_scope"),
        ({"client_secret": "twice"}, 400, "invalid_request"),
    ],
)
def test_a_grant_is_refused_in_the_words_of_rfc_6749(
    shop: Caller, parameters: dict[str, str], status: int, error: str
) -> None:
    answer = shop.grant(parameters)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("credentials", [("cli_unknown", "secret"), (None, "wrong"), None])
def test_who_proves_nothing_gets_nothing(shop: Caller, credentials: tuple[str | None, str] | None) -> None:
    auth = credentials and (credentials[0] or shop.client_id, credentials[1])
    answer = shop.send("POST", "/oauth/token", data={"grant_type": "client_credentials"}, auth=auth)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert answer.headers["x-amzn-Remapped-WWW-Authenticate"].startswith("Basic")


def test_a_token_request_that_is_no_form_is_refused(shop: Caller) -> None:
    credentials = (shop.client_id, shop.client_secret)
    form = {"grant_type": "client_credentials"}
    answer = shop.send("POST", "/oauth/token", json=form, auth=credentials)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


@pytest.fixture(scope="module")
def forged(shop: Caller) -> str:
    """The genuine token's contents, signed by somebody else under the genuine key's id."""
    genuine = shop.access_token()
    claims = jwt.decode(genuine, options={"verify_signature": False})
    header = {name: jwt.get_unverified_header(genuine)[name] for name in ("kid", "typ")}
    return jwt.encode(claims, ec.generate_private_key(ec.SECP256R1()), "ES256", header)


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer x.y.z", "Basic dXNlcjpwdw==", "Bearer é"]
)
def test_what_is_no_access_token_opens_nothing(shop: Caller, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization.encode()}
    for method, path in (("GET", "/v1/payments"), ("POST", "/v1/payments"), ("GET", "/v1/audits/aud_x")):
        answer = shop.send(method, path, headers=headers)
        assert (answer.status_code, code_of(answer)) == (401, "unauthorized")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_of_another_signer_or_with_a_changed_claim_opens_nothing(shop: Caller, forged: str) -> None:
    header, _, signature = shop.access_token().split(".")
    claims = base64.urlsafe_b64encode(b'{"sub":"cli_other"}').decode().rstrip("=")
    for token in (forged, f"{header}.{claims}.{signature}"):
        answer = shop.send("GET", "/v1/payments", headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, code_of(answer)) == (401, "unauthorized")
        assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_a_client_hears_whom_it_speaks_for(shop: Caller) -> None:
    me = shop.get("/v1/me").json()
    assert (me["id"], me["merchant"]["id"]) == (shop.client_id, shop.merchant_id)
    assert set(me["scopes"]) == {scope.value for scope in Scope}
    assert "USD" in me["currencies"]


def test_a_client_that_is_revoked_while_it_is_at_work_hears_401_and_nothing_else(
    shop: Caller, stage: Stage
) -> None:
    client = shop.colleague(stage)
    assert client.get("/v1/payments", limit=1).status_code == 200
    revoke_client(stage, client.client_id)
    answer = client.get("/v1/payments", limit=1)
    assert (answer.status_code, code_of(answer)) == (401, "unauthorized")
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_a_revoked_client_gets_no_token(revoked: tuple[Caller, float]) -> None:
    answer = revoked[0].grant({})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_a_token_of_a_client_that_was_revoked_since_opens_nothing(shop: Caller, stage: Stage) -> None:
    client = shop.colleague(stage)
    unused = client.access_token()
    revoke_client(stage, client.client_id)
    answer = client.send("GET", "/v1/payments", headers={"Authorization": f"Bearer {unused}"})
    assert (answer.status_code, code_of(answer)) == (401, "unauthorized")


@pytest.fixture(scope="module")
def auditor(shop: Caller, stage: Stage) -> Caller:
    """A client that may read the trail and nothing else."""
    return shop.colleague(stage, Scope.AUDITS_READ)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/tokens"),
        ("GET", "/v1/tokens/tok_x"),
        ("DELETE", "/v1/tokens/tok_x"),
        ("POST", "/v1/payments"),
        ("GET", "/v1/payments"),
        ("GET", "/v1/payments/pay_x"),
        ("POST", "/v1/payments/pay_x/captures"),
        ("POST", "/v1/payments/pay_x/void"),
        ("POST", "/v1/payments/pay_x/refunds"),
        ("GET", "/v1/payments/pay_x/refunds"),
        ("GET", "/v1/payments/pay_x/refunds/ref_x"),
    ],
)
def test_a_client_without_the_scope_is_refused_before_anything_is_looked_at(
    auditor: Caller, method: str, path: str
) -> None:
    answer = auditor.call(method, path)
    assert (answer.status_code, code_of(answer)) == (403, "insufficient_scope")
    assert 'error="insufficient_scope", scope="' in answer.headers["x-amzn-Remapped-WWW-Authenticate"]


def test_a_token_has_the_scopes_that_were_asked_for(shop: Caller) -> None:
    token = shop.access_token(scope="payments:read")
    read_only = partial(shop.send, headers={"Authorization": f"Bearer {token}"})
    assert read_only("GET", "/v1/payments").status_code == 200
    assert code_of(read_only("GET", "/v1/audits")) == "insufficient_scope"


@pytest.fixture
def small_plan(stage: Stage, local: dict[str, str]) -> Iterator[str]:
    """A usage plan that allows two calls at once and hardly any more."""
    api = stage.apigateway.get_rest_apis()["items"][0]["id"]
    name = f"small-{uuid.uuid4()}"
    plan = stage.apigateway.create_usage_plan(
        name=stage.physical_name(name),
        apiStages=[{"apiId": api, "stage": "live"}],
        throttle={"rateLimit": 0.01, "burstLimit": 2},
    )
    yield name
    stage.apigateway.update_usage_plan(
        usagePlanId=plan["id"],
        patchOperations=[{"op": "remove", "path": "/apiStages", "value": f"{api}:live"}],
    )
    stage.apigateway.delete_usage_plan(usagePlanId=plan["id"])


def test_a_client_that_calls_too_often_is_told_to_wait(shop: Caller, stage: Stage, small_plan: str) -> None:
    client = shop.colleague(stage, plan=small_plan)
    answers = [client.get("/v1/payments", limit=1) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert code_of(answers[-1]) == "rate_limited"
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert shop.get("/v1/payments", limit=1).status_code == 200
