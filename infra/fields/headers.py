"""The headers that go with the card fields: one declaration, sent by CloudFront and by the laptop alike.

A page's Content-Security-Policy ends in `frame-ancestors`: for the frame the registered origins of the
merchant that it is asked for, and no others; for the hosted page nobody.
"""

from collections.abc import Collection
from enum import StrEnum
from pathlib import PurePosixPath

from infra.fields.release import CHECKOUT, FRAME, LOADER, newest_path

CSP = "Content-Security-Policy"


class Kind(StrEnum):
    """Files that are sent alike."""

    LOADER = "loader"
    """What a shop's page loads, under an address that never changes its content."""
    NEWEST = "newest"
    """The same, under an address that does."""
    PAGE = "page"
    PART = "part"
    """What a page of this origin loads."""


YEAR = 365 * 24 * 3600
# What everybody gets. Browsers ignore Strict-Transport-Security where it comes without TLS, as on the laptop.
_ALWAYS = {
    "Strict-Transport-Security": f"max-age={2 * YEAR}; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
# A page that names a script's hash has to ask for it with CORS.
_FOR_SHOPS = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_IMMUTABLE = {"Cache-Control": f"public, max-age={YEAR}, immutable"}
_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    "sandbox allow-scripts allow-same-origin",
)
_FEATURES = (
    "camera", "microphone", "geolocation", "payment", "usb", "serial", "midi", "display-capture",
    "clipboard-read", "clipboard-write", "fullscreen", "publickey-credentials-get",
)  # fmt: skip
_SENT = {
    Kind.LOADER: {**_FOR_SHOPS, **_IMMUTABLE},
    Kind.NEWEST: {**_FOR_SHOPS, "Cache-Control": "public, max-age=300"},
    Kind.PART: {"Cross-Origin-Resource-Policy": "same-origin", **_IMMUTABLE},
    Kind.PAGE: {
        "Cross-Origin-Resource-Policy": "same-origin",
        "Origin-Agent-Cluster": "?1",
        "Cache-Control": "no-store",  # nor does a browser bring back what was typed in it
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    },
}


def kind_of(path: str) -> Kind:
    """What the file at a path is."""
    if path == newest_path():
        return Kind.NEWEST
    name = PurePosixPath(path).name
    return {LOADER: Kind.LOADER, FRAME: Kind.PAGE, CHECKOUT: Kind.PAGE}.get(name, Kind.PART)


def headers_of(kind: Kind) -> dict[str, str]:
    """All headers but the media type, and but a page's policy."""
    return {**_ALWAYS, **_SENT[kind]}


def policy(api: str, origins: Collection[str] = ()) -> str:
    """A page's Content-Security-Policy; without `origins` nobody may show it in a frame."""
    ancestors = " ".join(origins) or "'none'"
    return "; ".join((*_POLICY, f"connect-src {api}", f"frame-ancestors {ancestors}"))
