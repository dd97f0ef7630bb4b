import hashlib
import time

import pytest

from tests.examples import merchant
from tests.fakes.clients import FakeClients
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.merchants import FakeMerchants
from tests.fakes.signing_keys import FakeSigningKeys
from tollgate.adapters.access_tokens import SignedAccessTokens
from tollgate.domain.merchant import Client, Scope
from tollgate.operations.issue_access_token import IssuingPorts
from tollgate.wiring.authorizer import World as AuthorizerWorld
from tollgate.wiring.identity import World as IdentityWorld

ISSUER = "https://api.example"
AUDIENCE = "tollgate"
CARD_PAGES = "https://pay.shop.example"
SECRET = "s3cret/with+signs:and%"


def client(id: str = "cli_one", *, revoked: bool = False, merchant_id: str = "mer_one") -> Client:
    return Client(
        id=id,
        merchant_id=merchant_id,
        scopes=frozenset({Scope.PAYMENTS_READ, Scope.PAYMENTS_WRITE}),
        secret_digests=(hashlib.sha256(SECRET.encode()).hexdigest(),),
        api_key="key-1",
        revoked=revoked,
        created_at=0,
    )


class NoKeySet:
    def document(self) -> dict[str, object]:
        return {"keys": []}


@pytest.fixture
def clients() -> FakeClients:
    return FakeClients(client())


@pytest.fixture
def keys() -> FakeSigningKeys:
    return FakeSigningKeys(2)


@pytest.fixture
def clock() -> FakeClock:
    """The present: tokens are checked against the library's own clock."""
    return FakeClock(time.time_ns() // 1_000_000)


@pytest.fixture
def tokens(keys: FakeSigningKeys) -> SignedAccessTokens:
    return SignedAccessTokens(keys, ISSUER, AUDIENCE)


@pytest.fixture
def identity(tokens: SignedAccessTokens, clients: FakeClients, clock: FakeClock) -> IdentityWorld:
    issuing = IssuingPorts(clients, tokens, clock, FakeIds(), 900)
    return IdentityWorld(issuing, NoKeySet(), FakeMerchants(merchant("mer_one")))


@pytest.fixture
def authorizer(tokens: SignedAccessTokens, clients: FakeClients) -> AuthorizerWorld:
    return AuthorizerWorld(tokens, clients)
