"""The card fields as the laptop serves them: the files and the headers that CloudFront sends in AWS.

A page of a merchant's registered origins, and no other, may show the frame (`frame-ancestors`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from infra.fields.headers import CSP, Kind, headers_of, kind_of, policy
from infra.fields.release import CHECKOUT, FRAME, SESSIONS, files, media_type, path_of
from local.web_server import Answer, Request, text


class CardFields:
    """`api`: the API's URL. `origins`: of each merchant, those whose pages may show the fields.

    The files are read once: their folder's name follows from their content.
    """

    def __init__(self, api: str, origins: Mapping[str, Collection[str]]) -> None:
        self._api = api
        self._origins = origins
        self._files = files(api)
        self._frame, self._hosted = path_of(FRAME), path_of(CHECKOUT)

    def __call__(self, request: Request) -> Answer:
        path = self._hosted if request.path.startswith(SESSIONS) else request.path
        content = self._files.get(path)
        if content is None or request.method not in {"GET", "HEAD"}:
            return text(404, "There is nothing here.")
        kind = kind_of(path)
        headers = headers_of(kind)
        if kind is Kind.PAGE:
            headers |= {CSP: policy(self._api)}
        if path == self._frame:
            origins = self._origins.get(request.query.get("merchant", ""))
            if not origins:
                return text(404, "No pages are registered for this merchant.")
            headers |= {CSP: policy(self._api, origins)}
        return Answer(200, media_type(path), content, headers)
