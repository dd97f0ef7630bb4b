import json
from itertools import product

import pytest

from tests.unit.payroc.scripted import ScriptedTransport
from tollgate.adapters.payroc.access import AccessTokens
from tollgate.adapters.payroc.delivery import Delivery, Result
from tollgate.adapters.payroc.settings import Limits, PayrocAccount
from tollgate.adapters.payroc.transport import NoAnswer, NotConnected, Response, Sent
from tollgate.domain.outcome import UNMODIFIABLE, Declined, NotAttempted, Unknown

API = "https://api.payroc.com/v1"
ACCOUNTS = {"main": PayrocAccount(API, "https://identity.payroc.com", "processor-main")}
URL = f"{API}/payments"
LIMITS = Limits()


def deliver(transport: ScriptedTransport, limits: Limits = LIMITS) -> Result:
    tokens = AccessTokens(ACCOUNTS, lambda _: "api-key", transport, transport)
    return Delivery(tokens, transport, transport, lambda: 0.5, limits).post("main", URL, "key", b"body")


def status(code: int) -> Response:
    return Response(code, b"{}")


REPLIES: list[Sent] = [
    NotConnected(),
    NoAnswer(),
    *(status(code) for code in (200, 201, 202, 302, 400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503)),
]
DONE = (status(200), status(201))


def may_have_arrived(reply: Sent) -> bool:
    return isinstance(reply, NoAnswer) or (isinstance(reply, Response) and reply.status >= 500)


@pytest.mark.parametrize("first", REPLIES, ids=str)
def test_no_sequence_of_answers_makes_a_possible_effect_look_like_none(first: Sent) -> None:
    for rest in product(REPLIES, repeat=2):
        transport = ScriptedTransport(answers=[first, *rest])

        result = deliver(transport)

        used = [first, *rest][: 3 - len(transport.answers)]
        if any(may_have_arrived(reply) for reply in used):
            assert isinstance(result, Unknown) or result in DONE, used
        assert (result in DONE) == (used[-1] in DONE)


@pytest.mark.parametrize(
    ("replies", "kind", "sends"),
    [
        ([NotConnected()] * 3, NotAttempted, 3),
        ([NoAnswer()] * 3, Unknown, 3),
        ([status(500)] * 3, Unknown, 3),
        ([status(503), status(201)], Response, 2),
        ([NotConnected(), status(201)], Response, 2),
        ([status(401), status(201)], Response, 2),
        ([status(401), status(401)], NotAttempted, 2),
        ([status(403)], NotAttempted, 1),
        ([status(429)], NotAttempted, 1),
        ([status(400)], Declined, 1),
        ([NotConnected(), status(404)], Declined, 2),
        ([status(422)], Declined, 1),
        ([status(409)], Unknown, 1),
        ([status(302)], Unknown, 1),
        ([status(204)], Unknown, 1),
        ([NoAnswer(), status(400)], Unknown, 2),
        ([NoAnswer(), status(401), status(401)], Unknown, 3),
        ([NoAnswer(), NotConnected(), status(429)], Unknown, 3),
    ],
)
def test_an_attempt_comes_to(replies: list[Sent], kind: type[Result], sends: int) -> None:
    transport = ScriptedTransport(answers=list(replies))

    assert isinstance(deliver(transport), kind)
    assert len(transport.requests) == sends


def test_every_send_is_the_same_request() -> None:
    transport = ScriptedTransport(answers=[NoAnswer(), status(500), status(201)])

    deliver(transport)

    assert {(send.url, send.body, send.headers["Idempotency-Key"]) for send in transport.requests} == {
        (URL, b"body", "key")
    }


def test_a_401_is_answered_with_a_new_token() -> None:
    transport = ScriptedTransport(answers=[status(401), status(201)])

    deliver(transport)

    tokens = [send.headers["Authorization"] for send in transport.requests]
    assert tokens == ["Bearer token-1", "Bearer token-2"]


@pytest.mark.parametrize("seconds", [1.0, 5.0, 7.3, 12.0, 24.0])
@pytest.mark.parametrize("identity", [[], [NoAnswer()], [status(500)] * 2])
def test_an_attempt_ends_within_its_budget(seconds: float, identity: list[Sent]) -> None:
    transport = ScriptedTransport(
        answers=[status(401), NoAnswer(), status(401), NoAnswer()], identity=list(identity), seconds=seconds
    )

    deliver(transport)

    assert transport.now <= LIMITS.budget_seconds


def test_without_time_for_a_send_nothing_is_attempted() -> None:
    transport = ScriptedTransport(answers=[status(201)], seconds=11.0)

    result = deliver(transport, Limits(budget_seconds=11.5))

    assert isinstance(result, NotAttempted)
    assert transport.requests == []


def test_resends_wait_longer_each_time_within_the_jitter() -> None:
    limits = Limits(backoff_seconds=1)

    assert [limits.pause(resend, 0.0) for resend in (1, 2, 3)] == [0.5, 1.0, 2.0]
    assert [limits.pause(resend, 1.0) for resend in (1, 2, 3)] == [1.0, 2.0, 4.0]


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        ("https://docs.payroc.com/api/errors#cannot-be-modified", Declined(UNMODIFIABLE)),
        ("https://docs.payroc.com/api/errors#idempotency-key-in-use", Unknown("the processor answered 409")),
        ("https://[", Unknown("the processor answered 409")),
        (None, Unknown("the processor answered 409")),
    ],
)
def test_a_conflict_is_a_refusal_for_the_payments_state_alone(kind: str | None, outcome: Result) -> None:
    conflict = Response(409, json.dumps({"type": kind, "status": 409}).encode())
    assert deliver(ScriptedTransport(answers=[conflict])) == outcome
    after_silence = deliver(ScriptedTransport(answers=[NoAnswer(), conflict]))
    assert after_silence == Unknown("the processor answered 409")
