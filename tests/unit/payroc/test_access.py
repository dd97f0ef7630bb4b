import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.unit.payroc.scripted import ScriptedTransport, granted
from tollgate.adapters.payroc.access import AccessTokens, CredentialsUnavailable, NoAccess
from tollgate.adapters.payroc.deadline import Deadline
from tollgate.adapters.payroc.settings import Limits, PayrocAccount
from tollgate.adapters.payroc.transport import NoAnswer, NotConnected, Response, Sent

ACCOUNTS = {
    name: PayrocAccount("https://api.payroc.com/v1", f"https://{name}.payroc.com", f"processor-{name}")
    for name in ("main", "other")
}


def access(transport: ScriptedTransport, api_key: str = "api-key") -> AccessTokens:
    return AccessTokens(ACCOUNTS, lambda _: api_key, transport, transport)


def bearer(tokens: AccessTokens, transport: ScriptedTransport, account: str = "main") -> str:
    return tokens.bearer(account, Deadline.from_now(transport, Limits()))


def test_a_token_is_kept_until_two_minutes_before_it_expires() -> None:
    transport = ScriptedTransport()
    tokens = access(transport)

    first = bearer(tokens, transport)
    transport.now = 3600 - 120 - 1
    kept = bearer(tokens, transport)
    transport.now = 3600 - 120
    renewed = bearer(tokens, transport)

    assert (first, kept, renewed) == ("token-1", "token-1", "token-2")


def test_each_account_has_its_own_token() -> None:
    transport = ScriptedTransport()
    tokens = access(transport)

    assert {bearer(tokens, transport, account) for account in ACCOUNTS} == {"token-1", "token-2"}
    assert [send.url for send in transport.sends] == [
        "https://main.payroc.com/authorize",
        "https://other.payroc.com/authorize",
    ]
    assert transport.sends[0].headers == {"x-api-key": "api-key"}


def test_a_rejected_token_is_replaced_unless_another_thread_did_it() -> None:
    transport = ScriptedTransport()
    tokens = access(transport)
    deadline = Deadline.from_now(transport, Limits())
    rejected = bearer(tokens, transport)

    assert tokens.bearer("main", deadline, rejected=rejected) == "token-2"
    assert tokens.bearer("main", deadline, rejected=rejected) == "token-2"


def test_one_thread_at_a_time_asks_for_a_token() -> None:
    transport = ScriptedTransport()
    tokens = access(transport)
    together = threading.Barrier(8)

    def ask(_: int) -> str:
        together.wait()
        return bearer(tokens, transport)

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(8))) == {"token-1"}
    assert len(transport.sends) == 1


@pytest.mark.parametrize(
    ("answer", "passing"),
    [
        (NotConnected(), True),
        (NoAnswer(), True),
        (Response(500, b""), True),
        (Response(401, b""), False),
        (Response(403, b""), False),
        (Response(429, b""), False),
        (Response(302, b""), False),
        (Response(200, b"[]"), True),
        (Response(200, b"\xff"), True),
        (Response(200, b'{"access_token": "", "expires_in": 3600}'), True),
        (Response(200, b'{"access_token": "two\\nlines", "expires_in": 3600}'), True),
        (Response(200, b'{"access_token": "token", "expires_in": 1' + b"0" * 400 + b"}"), True),
        (Response(200, b'{"access_token": "token", "expires_in": -1}'), True),
        (Response(200, b'{"access_token": 1, "expires_in": 3600}'), True),
    ],
)
def test_no_token_is_no_access(answer: Sent, passing: bool) -> None:
    transport = ScriptedTransport(identity=[answer, granted(7)])
    tokens = access(transport)

    with pytest.raises(NoAccess) as refusal:
        bearer(tokens, transport)

    assert refusal.value.passing is passing
    assert bearer(tokens, transport) == "token-7"


def test_unavailable_credentials_are_no_access_and_nothing_is_sent() -> None:
    def credentials(account: str, /) -> str:
        raise CredentialsUnavailable(account)

    transport = ScriptedTransport()
    with pytest.raises(NoAccess):
        bearer(AccessTokens(ACCOUNTS, credentials, transport, transport), transport)
    assert transport.sends == []


@pytest.mark.parametrize("api_key", ["", " key", "key\n", "kéy"])
def test_a_malformed_api_key_is_no_access_and_is_not_shown(api_key: str) -> None:
    transport = ScriptedTransport()

    with pytest.raises(NoAccess, match=r"^the processor's API key is malformed$"):
        bearer(access(transport, api_key), transport)
