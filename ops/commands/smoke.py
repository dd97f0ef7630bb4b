"""`tollgate smoke`: a deployed API's first sign of life."""

from typing import Annotated

import requests
import typer
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from onboarding.failure import Failure
from ops.api_access import url_of
from ops.smoke import checked
from ops.terminal import show

# A new API answers after some seconds, a new domain name after some more: half a minute in all.
PATIENCE = Retry(
    total=5,
    backoff_factor=1,
    status_forcelist=[500, 502, 503, 504],
    allowed_methods=None,
    raise_on_status=False,
)


def smoke(
    url: Annotated[
        str | None,
        typer.Argument(
            help="The API's address: `pulumi stack output api_url --stack dev`.", show_default="of --stack"
        ),
    ] = None,
    stack: Annotated[
        str | None, typer.Option(help="The Pulumi stack; its API's address is asked of AWS.")
    ] = None,
) -> None:
    """Ask a deployed API what needs no client: its public keys, and that it refuses strangers.

    Changes nothing; with an address it takes no credentials either. Ends with 1 if something is wrong.
    """
    if url is None and stack is None:
        raise typer.BadParameter("name an address or a --stack", param_hint="URL")
    url = url_of(stack or "", url)
    with requests.Session() as session:
        for scheme in ("https://", "http://"):
            session.mount(scheme, HTTPAdapter(max_retries=PATIENCE))
        try:
            for sentence in checked(url, session):
                show(f"ok  {sentence}")
        except requests.RequestException as error:
            raise Failure(f"{url} can't be reached: {error}", "Is it the address of the stack?") from error
