"""What is done in a world: two clients at the same things, from every kind of start."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.cards import VISA
from tests.simulation.choices import NOTHING_FAILS, Schedule
from tests.simulation.client import Client
from tests.simulation.lags import Lags
from tests.simulation.platform import Answer
from tests.simulation.processor import DECLINED_AMOUNT

AMOUNT = 10_000
PAYMENTS = "/v1/payments"
CAPTURES, VOID = "/v1/payments/{id}/captures", "/v1/payments/{id}/void"
REFUNDS, READ = "/v1/payments/{id}/refunds", "/v1/payments/{id}"
ASYNC = "respond-async"
WEEK_AND_A_DAY = 8 * 86_400_000
TWO_MINUTES = 120_000
"""After so long the books' silence counts."""
NORMAL = Lags()


@dataclass
class Scene:
    """What the clients have to begin with."""

    token: str = ""
    payment: str = ""
    jwe: str = ""
    session: str = ""
    secret: str = ""


Script = Callable[[Client, Scene], None]


@dataclass(frozen=True)
class Flow:
    """`prepare` runs before anything fails; then every script, as a client of its own. `given`: deviations
    that every schedule of the flow begins with. `apart`: all but the first come so many milliseconds
    later, or at any step before that."""

    name: str
    prepare: Script
    scripts: tuple[Script, ...]
    merchants: tuple[str, ...] = ("mer_one", "mer_one")
    lags: Lags = NORMAL
    given: Schedule = NOTHING_FAILS
    apart: int | None = None


def nothing(_client: Client, _scene: Scene) -> None:
    """Begin with nothing."""


def a_token(client: Client, scene: Scene) -> None:
    jwe = client.encrypt(VISA, "jti-token")
    answer = client.post("/v1/tokens", {"encrypted_card": jwe}, "prepare-token")
    scene.token = said(answer)["id"]


def a_card(client: Client, scene: Scene) -> None:
    scene.jwe = client.encrypt(VISA, "jti-card")


def captured(client: Client, scene: Scene) -> None:
    a_token(client, scene)
    scene.payment = said(pay(client, scene, "prepare-payment"))["id"]


def authorized(client: Client, scene: Scene) -> None:
    a_token(client, scene)
    scene.payment = said(pay(client, scene, "prepare-payment", capture_method="manual"))["id"]


def said(answer: Answer | None) -> dict[str, Any]:
    """The body of an answer that there must be."""
    assert answer is not None
    return json.loads(answer.content)


def pay(
    client: Client,
    scene: Scene,
    key: str,
    *,
    method: dict[str, str] | None = None,
    prefer: str | None = None,
    **fields: Any,
) -> Answer | None:
    """A payment by the scene's token; the key is also its description, as the processor sees it."""
    by = method or {"token": scene.token}
    body = {
        "amount": AMOUNT,
        "currency": "USD",
        "payment_method": by,
        "description": f"{client.merchant_id} {key}",
        **fields,
    }
    return client.post(PAYMENTS, body, key, prefer=prefer)


def paying(key: str = "pay", **fields: Any) -> Script:
    def script(client: Client, scene: Scene) -> None:
        answer = pay(client, scene, key, **fields)
        if answer and answer.status in {201, 202}:
            client.get(READ, id=said(answer)["id"])

    return script


def giving_up(script: Script) -> Script:
    """A client that sends nothing again, whatever it hears."""

    def once(client: Client, scene: Scene) -> None:
        client.pauses = ()
        script(client, scene)

    return once


def paying_by_card(*, anew: bool, key: str = "pay") -> Script:
    """`anew`: the browser encrypts the card again for a repeated request."""

    def script(client: Client, scene: Scene) -> None:
        jwe = client.encrypt(VISA, f"jti-{client.name}") if anew else scene.jwe
        pay(client, scene, key, method={"encrypted_card": jwe})

    return script


def capturing(key: str, amount: int | None = None, *, final: bool = True) -> Script:
    body: dict[str, Any] = {"final": final} | ({} if amount is None else {"amount": amount})
    return lambda client, scene: client.post(CAPTURES, body, key, id=scene.payment) and None


def voiding(key: str) -> Script:
    return lambda client, scene: client.post(VOID, None, key, id=scene.payment) and None


def refunding(key: str, amount: int | None, *, prefer: str | None = None) -> Script:
    body = {} if amount is None else {"amount": amount}
    return lambda client, scene: client.post(REFUNDS, body, key, prefer=prefer, id=scene.payment) and None


def reading(client: Client, scene: Scene) -> None:
    client.get(READ, id=scene.payment)


def tokenizing(key: str, *, anew: bool = False) -> Script:
    def script(client: Client, scene: Scene) -> None:
        jwe = client.encrypt(VISA, f"jti-{client.name}") if anew else scene.jwe
        answer = client.post("/v1/tokens", {"encrypted_card": jwe}, key)
        if answer and answer.status == 201:
            client.get("/v1/tokens/{id}", id=said(answer)["id"])

    return script


def in_turn(*scripts: Script) -> Script:
    def script(client: Client, scene: Scene) -> None:
        for each in scripts:
            each(client, scene)

    return script


def _after(given: str, name: str, prepare: Script, *scripts: Script) -> Flow:
    """A flow that begins with what went wrong at the processor: all other faults are the recovery's."""
    return Flow(name, prepare, scripts, ("mer_one",) * len(scripts), given=Schedule.parse(given))


TWO_REFUNDS = in_turn(refunding("one", 2_500), refunding("two", 2_500))
CLOSES_MEANWHILE = Lags(closes=20_000)
"""The batch closes while what was left open is followed up."""
CLOSED = Lags(closes=0)
EXPIRES_MEANWHILE = Lags(books=0, expires=15_000)
EXPIRED = Lags(books=0, expires=0)
"""Books that lag are watched until they show it, by more looks than are run here for every fault."""
SLOW = Lags(books=20_000, index=8_000)
AT_LEISURE = Lags(processor=2_000)
FLOWS = (
    Flow("create", a_token, (paying(), paying())),
    Flow("create-again", a_token, (paying(), paying()), lags=AT_LEISURE, apart=60_000),
    Flow("create-and-give-up", a_token, (giving_up(paying()),), ("mer_one",)),
    Flow(
        "create-manual", a_token, (paying(capture_method="manual"), paying("pay-2", capture_method="manual"))
    ),
    Flow("create-by-card", a_card, (paying_by_card(anew=False), paying_by_card(anew=True))),
    Flow(
        "create-one-card-two-keys",
        a_card,
        (paying_by_card(anew=False), paying_by_card(anew=False, key="pay-2")),
    ),
    Flow("create-by-card-slow-books", a_card, (paying_by_card(anew=False),), ("mer_one",), SLOW),
    Flow("create-declined", a_token, (paying(amount=DECLINED_AMOUNT), paying(amount=DECLINED_AMOUNT))),
    Flow("create-async", a_token, (paying(prefer=ASYNC), paying(prefer=ASYNC))),
    Flow(
        "foreign-payment",
        captured,
        (refunding("one", 6_000), in_turn(reading, refunding("one", 6_000), voiding("void"))),
        ("mer_one", "mer_two"),
    ),
    Flow("create-slow-books", a_token, (paying(),), ("mer_one",), SLOW),
    Flow("create-week-of-silence", a_token, (paying(),), ("mer_one",), Lags(down=WEEK_AND_A_DAY)),
    Flow(
        "create-minutes-of-silence",
        a_token,
        (paying(),),
        ("mer_one",),
        Lags(down=TWO_MINUTES),
        given=Schedule.parse("5=lose_request"),
    ),
    Flow("capture-against-void", authorized, (capturing("capture"), voiding("void"))),
    Flow("capture-in-parts", authorized, (capturing("part", 6_000, final=False), capturing("rest"))),
    Flow("capture-again", authorized, (capturing("c"), capturing("c")), lags=AT_LEISURE, apart=60_000),
    Flow("capture-twice", authorized, (capturing("capture"), capturing("capture"))),
    Flow("void-against-capture", authorized, (voiding("void"), capturing("capture"))),
    Flow("refund-against-refund", captured, (refunding("one", 6_000), refunding("two", 6_000))),
    Flow("refund-of-less-than-nothing", captured, (refunding("minus", -500), refunding("all", None))),
    Flow("refund-async", captured, (refunding("one", 6_000, prefer=ASYNC), refunding("two", 4_000))),
    Flow("refund-closed-batch", captured, (refunding("one", 6_000), refunding("two", 4_000)), lags=CLOSED),
    Flow("refund-closing-batch", captured, (refunding("one", 6_000),), ("mer_one",), CLOSES_MEANWHILE),
    Flow(
        "refund-all-closing-batch",
        captured,
        (refunding("all", None, prefer=ASYNC),),
        ("mer_one",),
        CLOSES_MEANWHILE,
    ),
    Flow(
        "create-by-card-closing-batch", a_card, (paying_by_card(anew=False),), ("mer_one",), CLOSES_MEANWHILE
    ),
    Flow("capture-while-it-expires", authorized, (capturing("c"), voiding("v")), lags=EXPIRES_MEANWHILE),
    Flow("capture-of-what-expired", authorized, (capturing("c"), capturing("c")), lags=EXPIRED),
    Flow("refund-in-turn-closed-batch", captured, (TWO_REFUNDS,), ("mer_one",), CLOSED),
    Flow("refund-in-turn", captured, (TWO_REFUNDS,), ("mer_one",)),
    Flow("tokenize", a_card, (tokenizing("token"), tokenizing("token", anew=True))),
    Flow("tokenize-one-card-two-keys", a_card, (tokenizing("token"), tokenizing("token-2"))),
    _after("5=crash_after", "recover-charge", a_token, paying(), paying()),
    _after("5=crash", "recover-no-charge", a_token, paying()),
    _after("8=crash_after", "recover-card", a_card, paying_by_card(anew=False)),
    _after("3=crash_after", "recover-capture", authorized, capturing("capture"), voiding("void")),
    _after("4=crash_after", "recover-refund", captured, refunding("one", 6_000), refunding("two", 6_000)),
    _after("5=partly", "release-part", a_token, paying()),
)
