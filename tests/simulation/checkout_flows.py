"""Pages that pay a checkout session: in two tabs, twice, and with another card after a decline."""

from tests.cards import MASTERCARD, VISA
from tests.simulation.client import PAUSES, Client
from tests.simulation.flows import AMOUNT, AT_LEISURE, Flow, Scene, Script, a_card, in_turn, said
from tests.simulation.processor import DECLINED_AMOUNT

SESSIONS, PAY = "/v1/checkout_sessions", "/v1/checkout_sessions/{id}/pay"


def a_session(client: Client, scene: Scene) -> None:
    _open(client, scene, AMOUNT)


def a_session_to_decline(client: Client, scene: Scene) -> None:
    _open(client, scene, DECLINED_AMOUNT)


def _open(client: Client, scene: Scene, amount: int) -> None:
    a_card(client, scene)
    terms = {"amount": amount, "currency": "USD", "description": f"{client.merchant_id} session"}
    opened = said(client.post(SESSIONS, terms, "prepare-session"))
    scene.session, scene.secret = opened["id"], opened["client_secret"]


def paying_session(number: str | None = None) -> Script:
    """A page with a card of its own, or with that of the scene. It asks until there is an outcome."""

    def script(client: Client, scene: Scene) -> None:
        jwe = client.encrypt(number, f"jti-{client.name}-{number}") if number else scene.jwe
        body = {"client_secret": scene.secret, "encrypted_card": jwe}
        for pause in PAUSES:
            answer = client.post(PAY, body, None, id=scene.session)
            if answer and said(answer).get("status") in {"succeeded", "declined", "failed"}:
                return
            client.waits(pause)

    return script


CHECKOUT_FLOWS = (
    Flow("checkout-in-two-tabs", a_session, (paying_session(VISA), paying_session(MASTERCARD))),
    Flow("checkout-again", a_session, (paying_session(), paying_session()), lags=AT_LEISURE, apart=60_000),
    Flow(
        "checkout-declined",
        a_session_to_decline,
        (in_turn(paying_session(VISA), paying_session(MASTERCARD)),),
        ("mer_one",),
    ),
)
