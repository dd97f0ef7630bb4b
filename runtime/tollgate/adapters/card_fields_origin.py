"""The card fields' origin over HTTPS."""

import requests

from tollgate.domain.released_page import Answered
from tollgate.ports.card_fields import OriginUnavailable

TIMEOUT_SECONDS = 10
# A loader is sent to whoever asks with CORS; what is sent must not depend on who that is.
ASKING = {"Origin": "https://shop.invalid", "Cache-Control": "no-cache"}


class HttpCardFieldsOrigin:
    """`url`: of the origin, without a slash at its end."""

    def __init__(self, url: str, session: requests.Session) -> None:
        self._url = url
        self._session = session

    def get(self, address: str) -> Answered:
        try:
            answer = self._session.get(
                f"{self._url}{address}", headers=ASKING, timeout=TIMEOUT_SECONDS, allow_redirects=False
            )
        except requests.RequestException as error:
            raise OriginUnavailable(type(error).__name__) from error
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return Answered(answer.status_code, headers, answer.content)
