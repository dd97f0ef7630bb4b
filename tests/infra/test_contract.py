"""The contract's own consistency."""

from typing import Any

import pytest
import yaml
from openapi_spec_validator import validate

from infra.gateway_document import guarded, operations
from tests.infra.graphs import ROOT
from tollgate.domain.audit import Action
from tollgate.domain.card import Brand
from tollgate.domain.errors import Code
from tollgate.domain.outcome import FailureCategory

CONTRACT = yaml.safe_load((ROOT / "runtime" / "openapi.yaml").read_text())
SCHEMAS = CONTRACT["components"]["schemas"]
OPERATIONS = {operation["operationId"]: operation for _, _, operation in operations(CONTRACT)}
GUARDED = {name: one for name, one in OPERATIONS.items() if guarded(one)}


def resolved(item: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in item:
        return item
    found: Any = CONTRACT
    for step in item["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


def test_the_document_is_valid_openapi() -> None:
    validate(CONTRACT)


@pytest.mark.parametrize("name", GUARDED)
def test_a_guarded_operation_documents_what_every_request_may_hear(name: str) -> None:
    assert {"400", "401", "403", "429", "500", "504"} <= GUARDED[name]["responses"].keys()
    has_object = any(resolved(one)["in"] == "path" for one in GUARDED[name]["parameters"])
    assert ("404" in GUARDED[name]["responses"]) == has_object


@pytest.mark.parametrize("name", [name for name, one in GUARDED.items() if "requestBody" in one])
def test_an_operation_with_a_body_needs_a_key_unless_it_sets_and_documents_its_refusals(name: str) -> None:
    operation = GUARDED[name]
    required = {resolved(one)["name"] for one in operation["parameters"] if resolved(one).get("required")}
    assert ("Idempotency-Key" in required) == (operation["operationId"] != "change_webhook_endpoint")
    creates = {"409", "422"} if "201" in operation["responses"] else set[str]()
    assert {"413", "415"} | creates <= operation["responses"].keys()


@pytest.mark.parametrize("name", ["create_payment", "capture_payment", "void_payment", "create_refund"])
def test_a_money_movement_documents_every_end_at_the_processor(name: str) -> None:
    assert {"201", "202", "402", "502", "503", "504"} <= OPERATIONS[name]["responses"].keys()


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_carries_a_request_id_and_every_refusal_is_a_problem(name: str) -> None:
    for status, answer in OPERATIONS[name]["responses"].items():
        response = resolved(answer)
        assert "X-Request-Id" in response["headers"]
        if status >= "400" and not (name == "create_access_token" and status in {"400", "401"}):
            assert list(response["content"]) == ["application/problem+json"]


@pytest.mark.parametrize("name", [name for name in SCHEMAS if name.endswith("Request")])
def test_requests_refuse_unknown_fields_and_null(name: str) -> None:
    assert SCHEMAS[name]["additionalProperties"] is False
    assert not [one for one in SCHEMAS[name]["properties"].values() if one.get("nullable")]


def test_the_contract_and_the_runtime_know_the_same_words() -> None:
    assert set(SCHEMAS["AuditAction"]["enum"]) == {action.value for action in Action}
    assert set(SCHEMAS["CardBrand"]["x-extensible-enum"]) == {brand.value for brand in Brand}
    assert set(SCHEMAS["Failure"]["properties"]["category"]["enum"]) == {one.value for one in FailureCategory}
    # Three codes are the gateway's own.
    codes = {code.value for code in Code} | {"unauthorized", "rate_limited", "timeout"}
    assert set(SCHEMAS["ProblemCode"]["x-extensible-enum"]) == codes
