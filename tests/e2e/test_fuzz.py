"""Requests that nobody thought of, made from the contract: every answer is one that the contract has."""

import re
import uuid
from typing import Any
from zlib import crc32

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.e2e.caller import TIMEOUT, Caller
from tests.e2e.conftest import ROOT
from tests.integration.local.project import eventually

EXAMPLES = 25
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
REFUSALS = ["400", "401", "403", "404", "409", "413", "415", "422"]

KEY = re.compile(r'("[!#-\[\]-~]{1,255}"|[!#-~][!-~]{0,254})')

contract = schemathesis.openapi.from_path(ROOT / "runtime" / "openapi.yaml")
contract.config.generation.update(with_security_parameters=False)
contract.config.checks.negative_data_rejection.expected_statuses = REFUSALS


@pytest.fixture(scope="module")
def real(shop: Caller) -> dict[str, dict[str, str]]:
    """By path: ids of objects that exist."""
    paid = shop.pay()
    refund = shop.refund(paid, amount=1)
    audits = eventually(lambda: shop.get("/v1/audits", resource=paid["id"]).json()["data"])
    payment = {"id": paid["id"]}
    return {
        "/v1/tokens/{id}": {"id": shop.token()},
        "/v1/payments/{id}": payment,
        "/v1/payments/{id}/captures": {"id": shop.authorize()["id"]},
        "/v1/payments/{id}/void": {"id": shop.authorize()["id"]},
        "/v1/payments/{id}/refunds": payment,
        "/v1/payments/{id}/refunds/{refund_id}": {**payment, "refund_id": refund["id"]},
        "/v1/audits/{id}": {"id": audits[0]["id"]},
    }


@pytest.fixture(scope="module")
def token(shop: Caller) -> str:
    return shop.token()


@contract.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_answer_is_one_of_the_contract(
    case: Case, shop: Caller, real: dict[str, dict[str, str]], token: str
) -> None:
    checks = [*CHECKS, negative_data_rejection]
    if is_of_one_half(case):
        checks = CHECKS  # the case may have become a good one
        case.path_parameters = {**case.path_parameters, **real.get(case.path, {})}
        case.body = by_real_token(case.body, token)
    headers = {} if has_a_wrong_key(case) else {"Idempotency-Key": str(uuid.uuid4())}
    answer = case.call(base_url=shop.base_url, session=shop.session, headers=headers, timeout=TIMEOUT)
    case.validate_response(answer, checks=checks)


def has_a_wrong_key(case: Case) -> bool:
    """Then it is sent as it is; else each request has a key of its own, so that none is another's replay."""
    key = (case.headers or {}).get("Idempotency-Key")
    return key is not None and not KEY.fullmatch(key)


def is_of_one_half(case: Case) -> bool:
    """The same cases each time, as shrinking a failure needs."""
    return crc32(repr((case.path_parameters, case.query, case.body)).encode()) % 2 == 0


def by_real_token(body: Any, token: str) -> Any:
    """A payment's body, paid with a token that exists."""
    if isinstance(body, dict) and "payment_method" in body:
        return {**body, "payment_method": {"token": token}}
    return body
