"""`tollgate smoke`: a deployed API's first sign of life."""

from typing import Annotated

import requests
import typer
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from onboarding.failure import Failure
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
        str,
        typer.Argument(
            help="The API's address: `pulumi stack output api_url --stack dev`.", show_default=False
        ),
    ],
) -> None:
    """Ask a deployed API what needs no client: its public keys, and that it refuses strangers.

    Takes no credentials and changes nothing. Ends with 1 if something is wrong.
    """
    with requests.Session() as session:
        for scheme in ("https://", "http://"):
            session.mount(scheme, HTTPAdapter(max_retries=PATIENCE))
        try:
            for sentence in checked(url.rstrip("/"), session):
                show(f"ok  {sentence}")
        except requests.RequestException as error:
            raise Failure(f"{url} can't be reached: {error}", "Is it the address of the stack?") from error
