"""Tokens read, deleted and refused."""

import hashlib

import pytest

from tests.events import body_of
from tests.unit.tokens.caller import Api, outcome
from tollgate.domain.audit import Action, AuditOutcome
from tollgate.domain.merchant import Scope


def test_reading_is_recorded_with_the_digest_of_the_answer(api: Api) -> None:
    created = api.create(api.jwe())
    answer = api.read(body_of(created)["id"])
    assert (answer["statusCode"], answer["body"]) == (200, created["body"])
    audit = api.trail.audits[-1]
    assert audit.action is Action.TOKEN_READ
    assert audit.sha256 == hashlib.sha256(answer["body"].encode()).hexdigest()


def test_a_deleted_token_is_gone_but_its_creation_is_answered_again(api: Api) -> None:
    jwe = api.jwe()
    created = api.create(jwe)
    token_id = body_of(created)["id"]
    deleted = api.delete(token_id)
    assert (deleted["statusCode"], deleted["body"]) == (204, "")
    assert outcome(api.read(token_id)) == outcome(api.delete(token_id)) == (404, "not_found")
    for again in (api.create(jwe), api.create(api.jwe())):
        assert (again["statusCode"], again["body"]) == (201, created["body"])
    assert outcome(api.read(token_id)) == (404, "not_found")


def test_deletion_is_on_record(api: Api) -> None:
    token_id = body_of(api.create(api.jwe()))["id"]
    api.delete(token_id)
    audit = api.trail.audits[-1]
    assert (audit.action, audit.status, audit.resource.id) == (Action.TOKEN_DELETED, 204, token_id)


def test_anothers_token_is_as_if_it_never_existed(api: Api) -> None:
    token_id = body_of(api.create(api.jwe()))["id"]
    for act in (api.read, api.delete):
        foreign, unknown = act(token_id, merchant="mer_two"), act("tok_none", merchant="mer_two")
        assert foreign["statusCode"] == unknown["statusCode"] == 404
        assert foreign["body"] == unknown["body"]
        assert api.trail.audits[-1].outcome is AuditOutcome.DENIED
        assert api.trail.audits[-1].merchant_id == "mer_two"
    assert api.read(token_id)["statusCode"] == 200


@pytest.mark.parametrize("token_id", ["key#mer_one", "jti#x", "x" * 5000, "tok_", " "])
def test_what_is_no_token_id_is_not_found(token_id: str, api: Api) -> None:
    assert outcome(api.read(token_id)) == (404, "not_found")


def test_scopes_are_checked_and_refusals_recorded(api: Api) -> None:
    read_only, write_only = [Scope.TOKENS_READ], [Scope.TOKENS_WRITE]
    assert outcome(api.create(api.jwe(), scopes=read_only)) == (403, "insufficient_scope")
    token_id = body_of(api.create(api.jwe(), scopes=write_only))["id"]
    assert outcome(api.read(token_id, scopes=write_only)) == (403, "insufficient_scope")
    assert outcome(api.delete(token_id, scopes=read_only)) == (403, "insufficient_scope")
    assert api.actions().count(Action.ACCESS_DENIED) == 3


@pytest.mark.parametrize("route", ["POST /v1/tokens", "GET /v1/tokens/{id}", "DELETE /v1/tokens/{id}"])
def test_unknown_query_parameters_are_refused(route: str, api: Api) -> None:
    token_id = body_of(api.create(api.jwe()))["id"]
    body = {"encrypted_card": api.jwe()} if route.startswith("POST") else None
    answer = api.call(route, body, id=token_id, key="k2", query={"expand": "card"})
    assert outcome(answer) == (400, "invalid_request")
    assert api.read(token_id)["statusCode"] == 200
