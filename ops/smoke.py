"""Is a deployed API awake, and does it keep strangers out? What can be asked without a client of its own."""

from collections.abc import Iterator

import requests

from onboarding.failure import Failure

TIMEOUT = 30
"""Seconds: a little more than the gateway's own limit."""
NOBODY = ("cli_00000000000000000000", "none")
REMEDY = "See the API's access log and the functions' logs; `pulumi stack history` names what was deployed."


def checked(base_url: str, session: requests.Session) -> Iterator[str]:
    """What holds, one sentence after the other. `base_url` has no slash at its end.

    Raises Failure at the first that doesn't.
    """
    _publishes_signing_keys(base_url, session)
    yield "publishes the keys that its access tokens are verified with"
    _expect_401(session.post(f"{base_url}/oauth/token", data=_GRANT, auth=NOBODY, timeout=TIMEOUT))
    yield "gives no access token to a client that doesn't exist"
    _expect_401(session.get(f"{base_url}/v1/payments", timeout=TIMEOUT))
    yield "answers no request without an access token"


_GRANT = {"grant_type": "client_credentials"}


def _publishes_signing_keys(base_url: str, session: requests.Session) -> None:
    response = session.get(f"{base_url}/.well-known/jwks.json", timeout=TIMEOUT)
    if not response.ok:
        raise Failure(f"The public keys were answered with {response.status_code}.", REMEDY)
    if not any(key["use"] == "sig" for key in response.json()["keys"]):
        raise Failure("No key is published that access tokens could be verified with.", REMEDY)


def _expect_401(response: requests.Response) -> None:
    if response.status_code != requests.codes.unauthorized:
        request = response.request
        raise Failure(
            f"{request.method} {request.path_url} was answered {response.status_code} instead of 401.", REMEDY
        )
