"""What the flows send."""

import uuid

import requests

from tests.e2e.caller import Caller, Object, created
from tests.e2e.matrix.flows import PART, Flow
from tests.integration.local.project import eventually

NOT_YET = {202, 409, 503, 504}
"""A busy laptop hasn't the answer so far: the same request is sent again, as any client does."""
WITHIN = 120


def payment_before(flow: Flow, shop: Caller, token: str) -> Object | None:
    """A new payment for the flow to work on, if it needs one."""
    if flow.before is None:
        return None
    capture_method = "manual" if flow.before == "authorization" else "automatic"
    body = shop.payment_request(payment_method={"token": token}, capture_method=capture_method)
    key = str(uuid.uuid4())
    return eventually(lambda: _if_answered(shop.post("/v1/payments", body, key)), WITHIN)


def _if_answered(answer: requests.Response) -> Object | None:
    return None if answer.status_code in NOT_YET else created(answer)


def path_of(flow: Flow, before: Object | None) -> str:
    return f"/v1/payments/{before['id']}/{flow.step}" if before else "/v1/payments"


def body_of(flow: Flow, shop: Caller, token: str) -> Object:
    if flow.before is not None:
        return {} if flow.step == "void" else {"amount": PART}
    method = {"encrypted_card": shop.card()} if flow.by_card else {"token": token}
    return shop.payment_request(
        payment_method=method, capture_method="manual" if flow.manual else "automatic"
    )
