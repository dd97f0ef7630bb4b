"""`tollgate card`: encrypted test cards ."""

import datetime
from typing import Annotated

import typer

from ops.api_access import Url, api_of
from ops.card_encryption import encrypt_card
from ops.options import DEFAULT_STATE_DIR, LOCAL, Stack, StateDir
from ops.terminal import say, show
from tollgate.domain.card import Card, passes_luhn

VISA = "4539858876047062"
"""A test card that the processor publishes."""

MONTHS = {f"{month:02d}" for month in range(1, 13)} | {str(month) for month in range(1, 10)}

app = typer.Typer(name="card", help="Encrypted test cards.", no_args_is_help=True)


@app.command()
def encrypt(
    number: Annotated[str, typer.Option(help="A published test card, never a real one.")] = VISA,
    exp: Annotated[str, typer.Option(help="Expiry, MM/YYYY.", show_default="December, two years ahead")] = "",
    cvc: Annotated[str, typer.Option(help="The card's code, three or four digits.")] = "123",
    stack: Stack = LOCAL,
    url: Url = None,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Encrypt a test card for the client's merchant, as a browser does, and print the JWE.

    It is good for ten minutes and for one Idempotency-Key. The client is the laptop cloud's first one; on a
    stack the one that the environment has in TOLLGATE_CLIENT_ID and TOLLGATE_CLIENT_SECRET.
    """
    month, year = expiry(exp)
    if not passes_luhn(number):
        say("This number isn't a card's: it fails the check digit, and so will the request.")
    api = api_of(stack, url, state_dir)
    merchant_id = api.merchant_id(api.access_token())
    show(encrypt_card(Card(number, month, year, cvc), merchant_id, api.card_key()))


def expiry(text: str) -> tuple[int, int]:
    """Month and year of `MM/YYYY`; of an empty text, some that are ahead. Anything else is a usage error."""
    if not text:
        return 12, datetime.datetime.now(datetime.UTC).year + 2
    month, slash, year = text.partition("/")
    if not (slash and year.isdecimal() and len(year) == 4 and month in MONTHS):
        raise typer.BadParameter("write it as MM/YYYY, for instance 12/2030", param_hint="--exp")
    return int(month), int(year)


@app.callback()
def group() -> None:
    """Encrypted test cards."""
