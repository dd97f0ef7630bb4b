"""`tollgate card`: encrypted test cards for the laptop cloud."""

import datetime
from typing import Annotated

import typer

from ops.api import Api
from ops.card_encryption import encrypt_card
from ops.options import DEFAULT_STATE_DIR, StateDir, local_description
from ops.terminal import show
from tollgate.domain.card import Card

VISA = "4539858876047062"
"""A test card that the processor publishes."""

app = typer.Typer(name="card", help="Encrypted test cards for the laptop cloud.", no_args_is_help=True)


@app.command()
def encrypt(
    number: Annotated[str, typer.Option(help="A published test card, never a real one.")] = VISA,
    exp: Annotated[str, typer.Option(help="Expiry, MM/YYYY.", show_default="December, two years ahead")] = "",
    cvc: Annotated[str, typer.Option(help="The card's code, three or four digits.")] = "123",
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Encrypt a test card for the laptop cloud's first merchant, as a browser does, and print the JWE.

    It is good for ten minutes and for one Idempotency-Key.
    """
    month, year = expiry(exp)
    local = local_description(state_dir)
    key = Api(local["base_url"], local["client_id"], local["client_secret"]).card_key()
    show(encrypt_card(Card(number, month, year, cvc), local["merchant_id"], key))


def expiry(text: str) -> tuple[int, int]:
    """Month and year of `MM/YYYY`; of an empty text, some that are ahead. Anything else is a usage error."""
    if not text:
        return 12, datetime.datetime.now(datetime.UTC).year + 2
    month, slash, year = text.partition("/")
    if not (slash and month.isdecimal() and year.isdecimal() and len(year) == 4):
        raise typer.BadParameter("write it as MM/YYYY, for instance 12/2030", param_hint="--exp")
    return int(month), int(year)


@app.callback()
def group() -> None:
    """Encrypted test cards for the laptop cloud."""
