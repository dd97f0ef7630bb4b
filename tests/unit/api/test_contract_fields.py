"""Requests and answers have the fields that the contract says: none is missing on either side."""

import inspect
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import yaml

from tests.architecture.imports import ROOT
from tests.contract.processor.fake import ISSUER_DECLINE
from tests.examples import merchant
from tests.unit.api.caller import Api
from tests.unit.api.shopper import READ, Shopper
from tollgate.domain.merchant import Principal, Scope
from tollgate.handlers import audits, checkout, checkout_page, payments, refunds, tokens, webhooks
from tollgate.handlers.objects import client_object

CONTRACT = yaml.safe_load((ROOT / "runtime" / "openapi.yaml").read_text(encoding="utf-8"))
SCHEMAS: dict[str, Any] = CONTRACT["components"]["schemas"]
HANDLERS = (tokens, payments, refunds, audits, checkout, checkout_page, webhooks)
REQUESTS = {
    "PaymentRequest": payments.CreatePayment,
    "CaptureRequest": payments.CapturePayment,
    "VoidRequest": payments.VoidPayment,
    "RefundRequest": refunds.CreateRefund,
    "TokenRequest": tokens.CreateToken,
    "CheckoutSessionRequest": checkout.OpenSession,
    "CheckoutPaymentRequest": checkout_page.PaySession,
    "CheckoutViewRequest": checkout_page.ViewSession,
    "WebhookEndpointRequest": webhooks.CreateEndpoint,
    "WebhookEndpointChangeRequest": webhooks.ChangeEndpoint,
}
ONE_OF_SEVERAL: dict[type[msgspec.Struct], tuple[str, ...]] = {
    payments.PaymentMethod: ("ByToken", "ByEncryptedCard")
}
LIMITS = ("minLength", "maxLength", "minimum", "maximum", "enum", "maxProperties")
LOOSER = {("encrypted_card", "maxLength"), ("metadata", "maxProperties")}
"""What the function itself refuses in words of its own, not its parser."""

OBJECTS = (
    "Payment",
    "Refund",
    "Token",
    "CheckoutSession",
    "CheckoutProgress",
    "CheckoutView",
    "Audit",
    "Client",
    "Problem",
)
OPTIONAL = {"errors"}
"""Members of answers that may be left out."""


def resolved(schema: dict[str, Any], root: dict[str, Any] = CONTRACT) -> dict[str, Any]:
    while "$ref" in schema:
        found: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        schema = found
    return schema


def parsed_by(shape: type[msgspec.Struct]) -> dict[str, Any]:
    """The JSON Schema of what a handler takes."""
    document = msgspec.json.schema(shape)
    members = resolved(document, document)
    properties = {name: resolved(each, document) for name, each in members.get("properties", {}).items()}
    return {**members, "properties": properties}


def test_every_body_that_a_handler_parses_is_a_request_of_the_contract() -> None:
    shapes = {
        each
        for module in HANDLERS
        for _, each in inspect.getmembers(module, inspect.isclass)
        if issubclass(each, msgspec.Struct) and each.__module__ == module.__name__
    }
    assert shapes == {*REQUESTS.values(), *ONE_OF_SEVERAL}
    named = {name for name in SCHEMAS if name.endswith("Request")} - {"AccessTokenRequest"}
    assert named == set(REQUESTS)


@pytest.mark.parametrize("name", REQUESTS)
def test_a_request_has_the_contracts_fields_and_limits(name: str) -> None:
    documented, parsed = SCHEMAS[name], parsed_by(REQUESTS[name])
    assert parsed["properties"].keys() == documented["properties"].keys()
    assert set(parsed.get("required", [])) == set(documented.get("required", []))
    assert parsed["additionalProperties"] is documented["additionalProperties"] is False
    for field, given in documented["properties"].items():
        shown, taken = resolved(given), parsed["properties"][field]
        for limit in LIMITS:
            if limit in shown and "properties" not in taken and (field, limit) not in LOOSER:
                assert taken.get(limit) == shown[limit], (field, limit)


@pytest.mark.parametrize("shape", ONE_OF_SEVERAL)
def test_what_is_one_of_several_has_the_fields_of_all(shape: type[msgspec.Struct]) -> None:
    fields = {field for name in ONE_OF_SEVERAL[shape] for field in SCHEMAS[name]["properties"]}
    assert parsed_by(shape)["properties"].keys() == fields


LISTS = {
    path: {one["name"] for one in map(resolved, item["get"].get("parameters", [])) if one["in"] == "query"}
    for path, item in CONTRACT["paths"].items()
    if "get" in item and any(f"GET {path}" in module.ROUTES for module in HANDLERS)
}
NAMES = sorted({name for names in LISTS.values() for name in names})


@pytest.mark.parametrize("path", LISTS)
def test_a_read_takes_the_contracts_filters_and_no_other(path: str) -> None:
    api = Api()
    paid = api.pay().body["id"]
    refund = api.call("POST /v1/payments/{id}/refunds", {"amount": 1}, id=paid).body["id"]
    audit = api.trail.audits[0].id
    token = api.token()
    session = Shopper.comes_to(api).session["id"]
    endpoint = api.call("POST /v1/webhook_endpoints", {"url": "https://shop.example.com/"}).body["id"]
    ids = {
        "/v1/webhook_endpoints/{id}": endpoint,
        "/v1/webhook_endpoints/{id}/deliveries": endpoint,
        "/v1/tokens/{id}": token,
        "/v1/audits/{id}": audit,
        "/v1/checkout_sessions/{id}": session,
    }
    parameters = {"id": ids.get(path, paid), "refund_id": refund} if "{" in path else {}
    taken = set()
    for name in NAMES:
        answer = api.call(f"GET {path}", query={name: "-"}, **parameters)
        if "Unknown query parameter." not in answer.content:
            taken.add(name)
    assert taken == LISTS[path]


def samples() -> Iterator[tuple[str, Any]]:
    """Answers of every kind, by the name of their schema; together they show every field with a value."""
    api = Api()
    paid = api.pay(reference="order-1", description="One", metadata={"k": "v"}).body
    yield "Payment", paid
    yield "Payment", api.pay(capture_method="manual").body
    refund = "POST /v1/payments/{id}/refunds"
    deferred = api.call(refund, {"amount": 1}, id=paid["id"], headers={"Prefer": "respond-async"})
    yield "Refund", deferred.body
    waiting = api.call("GET /v1/payments/{id}", id=paid["id"]).body
    yield "Payment", waiting
    api.follow_up()
    yield "Refund", api.call(refund, {"amount": 1, "reason": "damaged"}, id=paid["id"]).body
    api.processor.script(ISSUER_DECLINE)
    declined = api.call(refund, {"amount": 1}, id=paid["id"]).body
    yield "RefundProblem", declined
    yield "Refund", declined["refund"]
    api.processor.script(ISSUER_DECLINE)
    refused = api.pay().body
    yield "PaymentProblem", refused
    yield "Payment", refused["payment"]
    yield "Problem", api.pay(amount=0).body
    yield "Token", api.call("GET /v1/tokens/{id}", id=api.token()).body
    yield "PaymentList", api.call("GET /v1/payments", query={"limit": "1"}).body
    yield "RefundList", api.call("GET /v1/payments/{id}/refunds", id=paid["id"], query={"limit": "1"}).body
    api.project()
    yield "AuditList", api.call("GET /v1/audits", query={"limit": "1"}).body
    for audit in api.call("GET /v1/audits", query={"limit": "100"}).body["data"]:
        yield "Audit", audit
    yield from of_checkout(api)
    yield "Client", client_object(Principal("cli_one", "mer_one", frozenset(Scope)), merchant())


def of_checkout(api: Api) -> Iterator[tuple[str, Any]]:
    terms = {"description": "One", "return_url": "https://shop.example/paid"}
    shopper = Shopper.comes_to(api, **terms)
    yield "OpenedCheckoutSession", shopper.session
    yield "CheckoutProgress", shopper.pays().body
    yield "CheckoutView", shopper.looks().body
    yield "CheckoutSession", api.call(READ, id=shopper.session["id"]).body


def test_answers_have_the_contracts_fields_and_each_field_is_seen_with_a_value() -> None:
    seen: set[str] = set()
    for name, value in samples():
        _compare(SCHEMAS[name], value, name, seen)
    assert {where for name in OBJECTS for where in _places(SCHEMAS[name], name)} - seen == set()


def _compare(schema: dict[str, Any], value: Any, where: str, seen: set[str]) -> None:
    """The value's members are the schema's, at every depth; `seen` collects those that had a value."""
    schema = resolved(schema)
    if value is None:
        assert schema.get("nullable"), where
        return
    seen.add(where)
    if "properties" in schema:
        properties = schema["properties"]
        assert value.keys() | OPTIONAL & properties.keys() == properties.keys(), where
        assert set(schema["required"]) | OPTIONAL & properties.keys() == properties.keys(), where
        for name, inner in value.items():
            _compare(properties[name], inner, f"{where}.{name}", seen)
    elif "items" in schema:
        for inner in value:
            _compare(schema["items"], inner, f"{where}[]", seen)


def _places(schema: dict[str, Any], where: str) -> Iterator[str]:
    schema = resolved(schema)
    yield where
    for name, inner in schema.get("properties", {}).items():
        yield from _places(inner, f"{where}.{name}")
    if "items" in schema:
        yield from _places(schema["items"], f"{where}[]")
