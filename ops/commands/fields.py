"""`tollgate fields`: the card fields as shoppers' browsers get them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated

import requests
import typer

from infra.fields.inventory import inventory
from onboarding.failure import Failure
from ops.card_fields.inspection import inspected
from ops.card_fields.pages import CHECKOUT, SCRIPTS, naming_loader, scripts_page
from ops.options import DEFAULT_STATE_DIR, LOCAL, ROOT, Stack, StateDir, local_description
from ops.stages.settings import stage_settings
from ops.terminal import say, show

app = typer.Typer(name="fields", help="The card fields as shoppers' browsers get them.", no_args_is_help=True)
REMEDY = (
    "Nobody but a deployment changes these: see docs/runbook/card-fields.md. If you have"
    " deployed another release, check it out first."
)


@dataclass(frozen=True)
class _Origin:
    url: str
    api: str
    origins: Mapping[str, Collection[str]]


@app.command()
def check(
    stack: Stack = LOCAL,
    url: Annotated[
        str | None,
        typer.Option(help="Where to ask, if not at the stage's own name.", show_default="of --stack"),
    ] = None,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Compare every file and header that is handed out with this release, for every merchant.

    Asks over HTTPS as a browser does, and needs no credentials. Ends with 1 if anything is otherwise, and
    says what: PCI DSS 4.0.1, 11.6.1.
    """
    stage = _local(local_description(state_dir)) if stack == LOCAL else _deployed(stack)
    asked_at = (url or stage.url).rstrip("/")
    with requests.Session() as session:
        found = inspected(asked_at, inventory(stage.api, stage.origins), session)
    for each in found.changed:
        show(f"{each.address}: {each.what}")
    if found.changed:
        raise Failure(f"{asked_at} is not what was released: {len(found.changed)} differences.", REMEDY)
    show(f"ok  {found.asked} answers of {asked_at} are what was released")


@app.command("inventory")
def write_inventory() -> None:
    """Write the list of the payment page's scripts, and the loader's hash into the page for integrators."""
    SCRIPTS.write_text(scripts_page(), encoding="utf-8")
    CHECKOUT.write_text(naming_loader(CHECKOUT.read_text(encoding="utf-8")), encoding="utf-8")
    say(f"Wrote {SCRIPTS} and {CHECKOUT}.")


def _local(description: Mapping[str, str]) -> _Origin:
    """The laptop's: the shop's pages alone may show the fields."""
    url = "/".join(description["card_fields_url"].split("/")[:3])
    merchants = (description["merchant_id"], description["second_merchant_id"])
    return _Origin(
        url, description["base_url"], {merchant: [description["shop_url"]] for merchant in merchants}
    )


def _deployed(stack: str) -> _Origin:
    settings = stage_settings(stack, ROOT)
    if settings.card_fields is None:
        raise Failure(
            f"{stack} delivers no card fields.", f"Set `card_fields` in Pulumi.{stack}.yaml, or name another."
        )
    return _Origin(settings.card_fields.url, settings.issuer, settings.card_fields.origins)
