"""The card fields (`web/`) as a stage serves them: an origin of their own, and a path with the version.

A page of a merchant's registered origins, and no other, may show the frame (`frame-ancestors`).
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path

from local.web_server import Answer, Request, text

WEB = Path(__file__).parents[1] / "web"
VERSION: str = json.loads((WEB / "package.json").read_text(encoding="utf-8"))["version"]
LOADER, FRAME = "tollgate.js", "card.html"
MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}
POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    "sandbox allow-scripts allow-same-origin",
)
NOTHING_ALLOWED = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), "
    "display-capture=(), clipboard-read=(), clipboard-write=(), fullscreen=(), publickey-credentials-get=()"
)


def path_of(name: str) -> str:
    """Where a file is served. What lies under a version never changes, so a page can name its hash."""
    return f"/{VERSION}/{name}"


def integrity(name: str = LOADER) -> str:
    """The file's hash, as a page names it (W3C Subresource Integrity)."""
    return "sha384-" + base64.b64encode(hashlib.sha384((WEB / name).read_bytes()).digest()).decode()


class CardFields:
    """`api`: the API's URL. `origins`: of each merchant, those whose pages may show the fields."""

    def __init__(self, api: str, origins: Mapping[str, Collection[str]]) -> None:
        self._api = api
        self._origins = origins
        served = [WEB / LOADER, WEB / FRAME, *(WEB / "card").iterdir()]
        self._files = {path_of(str(file.relative_to(WEB))): file for file in served}

    def __call__(self, request: Request) -> Answer:
        file = self._files.get(request.path)
        if file is None or request.method not in {"GET", "HEAD"}:
            return text(404, "There is nothing here.")
        if file.name == FRAME:
            return self._frame(request.query.get("merchant", ""))
        headers = {**_COMMON, "Cache-Control": "no-cache"}
        if file.name == LOADER:
            # A page that names its hash has to ask for it with CORS.
            headers |= {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
        return Answer(200, MEDIA_TYPES[file.suffix], file.read_bytes(), headers)

    def _frame(self, merchant: str) -> Answer:
        origins = self._origins.get(merchant)
        if not origins:
            return text(404, "No pages are registered for this merchant.")
        policy = (*POLICY, f"connect-src {self._api}", f"frame-ancestors {' '.join(origins)}")
        headers = {
            **_COMMON,
            "Cache-Control": "no-store",  # nor does a browser bring back what was typed in it
            "Content-Security-Policy": "; ".join(policy),
            "Permissions-Policy": NOTHING_ALLOWED,
            "Origin-Agent-Cluster": "?1",
        }
        content = (WEB / FRAME).read_text(encoding="utf-8").replace("{api}", self._api)
        return Answer(200, MEDIA_TYPES[".html"], content.encode(), headers)


_COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
