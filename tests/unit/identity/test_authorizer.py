"""The authorizer: what opens the API, and everything that doesn't."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.emitted import values
from tests.fakes.clients import FakeClients
from tests.fakes.clock import FakeClock
from tests.fakes.signing_keys import FakeSigningKeys
from tests.unit.identity.conftest import AUDIENCE, ISSUER, client
from tollgate.adapters.access_tokens import SignedAccessTokens
from tollgate.domain.access import AccessClaims, Unauthorized
from tollgate.handlers.authorizer import AuthorizerFailed, authorize, handler
from tollgate.wiring.authorizer import World as AuthorizerWorld

METHOD = "arn:aws:execute-api:eu-west-1:111111111111:abc123/live/POST/v1/payments/pay_1/refunds"
Forge = Callable[..., str]


def token_event(authorization: str | None) -> dict[str, Any]:
    return {"type": "TOKEN", "authorizationToken": authorization, "methodArn": METHOD}


def request_event(**headers: list[str]) -> dict[str, Any]:
    context = {"requestId": "req-1"}
    return {"type": "REQUEST", "multiValueHeaders": headers, "methodArn": METHOD, "requestContext": context}


def claims(clock: FakeClock, **changes: Any) -> AccessClaims:
    now = clock.now() // 1000
    values: dict[str, Any] = {
        "client_id": "cli_one",
        "merchant_id": "mer_one",
        "scope": "payments:read refunds:write",
        "issued_at": now,
        "expires_at": now + 900,
        "id": "jwt_1",
        **changes,
    }
    return AccessClaims(**values)


@pytest.fixture
def genuine(tokens: SignedAccessTokens, clock: FakeClock) -> str:
    return tokens.sign(claims(clock))


@pytest.fixture
def forge(keys: FakeSigningKeys, clock: FakeClock) -> Forge:
    """A token signed by the right key, with other contents."""

    def forged(header: dict[str, Any] | None = None, without: str = "", **changes: Any) -> str:
        now = clock.now() // 1000
        payload = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "cli_one",
            "merchant": "mer_one",
            "scope": "payments:read",
            "iat": now,
            "exp": now + 900,
            "jti": "jwt_1",
            **changes,
        }
        payload.pop(without, None)
        head = {"alg": "ES256", "typ": "at+jwt", "kid": keys.current_kid, **(header or {})}
        signed = ".".join(segment(json.dumps(part).encode()) for part in (head, payload))
        return f"{signed}.{segment(keys.sign(signed.encode()))}"

    return forged


def segment(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def refused(token: str, world: AuthorizerWorld) -> str:
    """The reason in the log. The gateway sees the same text for all."""
    with pytest.raises(Unauthorized) as refusal:
        authorize(token_event(f"Bearer {token}"), lambda: world)
    assert str(refusal.value) == "Unauthorized"
    return refusal.value.reason


def test_a_genuine_token_opens_every_route_of_the_stage(genuine: str, authorizer: AuthorizerWorld) -> None:
    policy = authorize(request_event(Authorization=[f"Bearer {genuine}"]), lambda: authorizer)
    assert policy["principalId"] == "cli_one"
    assert policy["usageIdentifierKey"] == "key-1"
    assert policy["policyDocument"]["Statement"] == [
        {
            "Action": "execute-api:Invoke",
            "Effect": "Allow",
            "Resource": "arn:aws:execute-api:eu-west-1:111111111111:abc123/live/*",
        }
    ]


def test_the_functions_learn_client_merchant_and_the_scopes_that_are_left(
    genuine: str, authorizer: AuthorizerWorld
) -> None:
    policy = authorize(token_event(f"bearer {genuine}"), lambda: authorizer)
    expected = {"client_id": "cli_one", "merchant_id": "mer_one", "scope": "payments:read"}
    assert policy["context"] == expected


def test_who_is_let_in_who_is_not_and_what_failed_is_counted(
    genuine: str, authorizer: AuthorizerWorld, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_world() -> AuthorizerWorld:
        raise OSError("no network")

    authorize(token_event(f"Bearer {genuine}"), lambda: authorizer)
    with pytest.raises(Unauthorized):
        authorize(token_event("Bearer x"), lambda: authorizer)
    with pytest.raises(AuthorizerFailed):
        authorize(token_event(f"Bearer {genuine}"), no_world)
    assert values(capsys, "Authorizations") == {("admitted",): 1, ("denied",): 1, ("failed",): 1}


def test_a_token_by_an_older_listed_key_still_opens(
    genuine: str, keys: FakeSigningKeys, clients: FakeClients
) -> None:
    rotated = FakeSigningKeys()
    rotated._private += keys._private
    assert rotated.current_kid != keys.current_kid
    world = AuthorizerWorld(SignedAccessTokens(rotated, ISSUER, AUDIENCE), clients)
    assert authorize(token_event(f"Bearer {genuine}"), lambda: world)


@pytest.mark.parametrize(
    "event",
    [
        token_event(None),
        token_event(""),
        token_event("Bearer"),
        token_event("Bearer "),
        token_event("Basic abc"),
        request_event(),
        request_event(Authorization=[]),
        request_event(Authorization=["Bearer a", "Bearer b"]),
        request_event(Authorization=["Bearer a"], authorization=["Bearer b"]),
        {"type": "REQUEST", "headers": None, "methodArn": METHOD},
    ],
)
def test_without_one_bearer_token_nobody_gets_in(event: dict[str, Any], authorizer: AuthorizerWorld) -> None:
    with pytest.raises(Unauthorized):
        authorize(event, lambda: authorizer)


def test_times_issuer_and_audience_are_checked(
    forge: Forge, authorizer: AuthorizerWorld, clock: FakeClock
) -> None:
    now = clock.now() // 1000
    assert refused(forge(exp=now - 60), authorizer) == "expired"
    assert refused(forge(iat=now + 60), authorizer) == "not_yet_valid"
    assert refused(forge(nbf=now + 60), authorizer) == "not_yet_valid"
    assert refused(forge(iss="https://other.example"), authorizer) == "issuer"
    assert refused(forge(aud="other"), authorizer) == "audience"


@pytest.mark.parametrize("claim", ["iss", "aud", "sub", "exp", "iat", "jti", "merchant", "scope"])
def test_every_claim_is_required(claim: str, forge: Forge, authorizer: AuthorizerWorld) -> None:
    assert refused(forge(without=claim), authorizer) == "claims"


@pytest.mark.parametrize("claim", ["sub", "jti", "merchant", "scope"])
@pytest.mark.parametrize("value", [1, None, ["x"], {}])
def test_claims_of_another_type_are_refused(
    claim: str, value: object, forge: Forge, authorizer: AuthorizerWorld
) -> None:
    assert refused(forge(**{claim: value}), authorizer) in {"claims", "malformed"}


def test_only_our_header_is_accepted(forge: Forge, authorizer: AuthorizerWorld) -> None:
    assert refused(forge({"typ": "JWT"}), authorizer) == "type"
    assert refused(forge({"kid": "other"}), authorizer) == "unknown_key"
    assert refused(forge({"kid": None}), authorizer) in {"unknown_key", "malformed"}
    assert refused(forge({"alg": "none"}), authorizer) == "algorithm"
    assert refused(forge({"alg": "HS256"}), authorizer) == "algorithm"


def test_a_token_by_another_key_under_our_kid_is_refused(
    keys: FakeSigningKeys, authorizer: AuthorizerWorld, clock: FakeClock
) -> None:
    stranger = FakeSigningKeys()
    signature = stranger.sign
    token = SignedAccessTokens(stranger, ISSUER, AUDIENCE).sign(claims(clock))
    assert refused(token, authorizer) == "unknown_key"
    header = {"alg": "ES256", "typ": "at+jwt", "kid": keys.current_kid}
    signed = segment(json.dumps(header).encode()) + "." + token.split(".")[1]
    assert refused(f"{signed}.{segment(signature(signed.encode()))}", authorizer) == "signature"


def test_the_public_key_is_no_hmac_secret(
    keys: FakeSigningKeys, authorizer: AuthorizerWorld, forge: Forge
) -> None:
    """The classic confusion: HS256 with the public key's PEM as its secret."""
    public: ec.EllipticCurvePublicKey = keys.public_keys[keys.current_kid]
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signed = forge({"alg": "HS256"}).rpartition(".")[0]
    forged = f"{signed}.{segment(hmac.digest(pem, signed.encode(), hashlib.sha256))}"
    assert refused(forged, authorizer) == "algorithm"


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_changed_character_closes_it(
    data: st.DataObject, genuine: str, authorizer: AuthorizerWorld
) -> None:
    place = data.draw(st.integers(0, len(genuine) - 2))  # the last one has spare bits
    other = data.draw(st.sampled_from("ABCxyz019-_.=")).replace(genuine[place], "~")
    changed = genuine[:place] + other + genuine[place + 1 :]
    refused(changed, authorizer)


@pytest.mark.parametrize("token", ["a", "a.b.c", "..", "x" * 10_000, "é.é.é", "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_token_is_refused(token: str, authorizer: AuthorizerWorld) -> None:
    refused(token, authorizer)


def test_the_clients_present_state_decides(
    genuine: str, authorizer: AuthorizerWorld, clients: FakeClients
) -> None:
    clients.stored["cli_one"] = client(revoked=True)
    assert refused(genuine, authorizer) == "revoked_client"
    clients.stored["cli_one"] = client(merchant_id="mer_two")
    assert refused(genuine, authorizer) == "other_merchant"
    del clients.stored["cli_one"]
    assert refused(genuine, authorizer) == "unknown_client"


def test_the_gateway_is_told_to_deny_everything_to_a_token_that_opens_nothing(
    authorizer: AuthorizerWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tollgate.handlers.authorizer.world", lambda: authorizer)
    answer = handler(token_event("Bearer a.b.c"), None)
    (statement,) = answer["policyDocument"]["Statement"]
    assert (statement["Effect"], answer["principalId"]) == ("Deny", "nobody")
    assert statement["Resource"].endswith(":abc123/live/*")
    assert "usageIdentifierKey" not in answer


def test_when_something_of_ours_fails_nobody_gets_in(genuine: str) -> None:
    def broken() -> AuthorizerWorld:
        raise ConnectionError("inside")

    with pytest.raises(AuthorizerFailed) as failure:
        authorize(token_event(f"Bearer {genuine}"), broken)
    assert "inside" not in str(failure.value)


def test_pyjwt_agrees_with_the_tokens_that_we_write(genuine: str, keys: FakeSigningKeys) -> None:
    header = jwt.get_unverified_header(genuine)
    decoded = jwt.decode(
        genuine, keys.public_keys[header["kid"]], algorithms=["ES256"], audience=AUDIENCE, issuer=ISSUER
    )
    assert decoded["scope"] == "payments:read refunds:write"
