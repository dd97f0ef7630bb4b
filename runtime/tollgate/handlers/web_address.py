"""Addresses of pages, as callers name them: on HTTPS, or on the machine in front of somebody."""

import re
from urllib.parse import urlsplit

from tollgate.domain.errors import invalid

LONGEST_URL = 2048
MOST_ORIGINS = 20

_HOST = r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?"
_ORIGIN = re.compile(rf"(?:https://{_HOST}|http://(?:localhost|127\.0\.0\.1))(?::[1-9][0-9]{{0,4}})?")
_URL = re.compile(r"[!\x24-\x5b\x5d-\x7e]+")
"""Visible ASCII, but for quotation marks, backslashes and what begins a fragment."""
_DEFAULT_PORTS = re.compile(r"(?:https:.*:443|http:.*:80)")


def origins_of(given: list[str]) -> tuple[str, ...]:
    """Origins (RFC 6454 §6.2) as browsers send them. Raises `Refusal` (400) that names the one that isn't."""
    if len(given) > MOST_ORIGINS:
        raise invalid("/origins", f"May name {MOST_ORIGINS} origins.")
    for index, origin in enumerate(given):
        if not _is_origin(origin):
            raise invalid(
                f"/origins/{index}",
                "Must be an origin as browsers send it, like https://shop.example; http on localhost alone.",
            )
    return tuple(given)


def checked_url(url: str, pointer: str) -> str:
    """A page's address. Raises `Refusal` (400)."""
    if not (_URL.fullmatch(url) and _ORIGIN.fullmatch(_origin_in(url))):
        raise invalid(pointer, "Must be an https URL without user and fragment; http on localhost alone.")
    return url


def _origin_in(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _is_origin(text: str) -> bool:
    return bool(_ORIGIN.fullmatch(text)) and not _DEFAULT_PORTS.fullmatch(text)
