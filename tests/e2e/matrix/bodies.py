"""What the flows send."""

from local.simulator.faults import Route
from tests.e2e.caller import Caller, Object
from tests.e2e.matrix.flows import PART, Flow


def payment_before(flow: Flow, shop: Caller, token: str) -> Object | None:
    """A new payment for the flow to work on, if it needs one."""
    if flow.before is None:
        return None
    capture_method = "manual" if flow.before == "authorization" else "automatic"
    return shop.pay(payment_method={"token": token}, capture_method=capture_method)


def path_of(flow: Flow, before: Object | None) -> str:
    return f"/v1/payments/{before['id']}/{flow.step}" if before else "/v1/payments"


def body_of(flow: Flow, shop: Caller, token: str) -> Object:
    if flow.before is not None:
        return {} if flow.route is Route.REVERSE else {"amount": PART}
    method = {"encrypted_card": shop.card()} if flow.by_card else {"token": token}
    return shop.payment_request(
        payment_method=method, capture_method="manual" if flow.manual else "automatic"
    )
