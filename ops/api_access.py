"""As whom a command calls the API of a stage."""

import os
from pathlib import Path
from typing import Annotated

import typer

from onboarding import Stage
from onboarding.failure import Failure
from ops.api import Api
from ops.options import LOCAL, ROOT, local_description

CLIENT_ID, CLIENT_SECRET = "TOLLGATE_CLIENT_ID", "TOLLGATE_CLIENT_SECRET"
"""Environment variables: what stands in a command line is in the shell's history, too."""


Url = Annotated[
    str | None,
    typer.Option(help="The API's address, for a stack that isn't local.", show_default="the stack's own"),
]


def api_of(stack: str, url: str | None, state_dir: Path) -> Api:
    """The API of a stack, as the laptop's first client or as the one that the environment names.

    Raises Failure for an unknown stack, wrong AWS credentials, or without a client.
    """
    if stack == LOCAL:
        local = local_description(state_dir)
        return Api(local["base_url"], local["client_id"], local["client_secret"])
    client_id, secret = (os.environ.get(name, "") for name in (CLIENT_ID, CLIENT_SECRET))
    if not (client_id and secret):
        raise Failure(
            f"A call of the stack '{stack}' needs a client.",
            f"Put one that `tollgate client add … --stack {stack}` has printed into the environment: "
            f"{CLIENT_ID} and {CLIENT_SECRET}.",
        )
    return Api(url_of(stack, url), client_id, secret)


def url_of(stack: str, url: str | None) -> str:
    """The address of a deployed stack's API, without a slash at its end. Raises Failure as `api_of` does."""
    return url.rstrip("/") if url else Stage.named(stack, ROOT).api_url
