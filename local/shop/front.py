"""The shop's page and what it consists of."""

from __future__ import annotations

import html
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from local.shop.orders import CURRENCY, THINGS
from local.shop.processor import BEHAVIOURS
from local.web_server import Answer

PAGE = Path(__file__).parent / "page"
MEDIA_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
POLICY = (
    "default-src 'none'",
    "script-src 'self' {fields}",
    "frame-src {fields}",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
"""What the card fields ask of a shop's page: a script and a frame, both of their origin, and nothing else."""
_COMMON = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, slots=True)
class Loader:
    """The script that a shop's page includes, as the platform publishes it."""

    url: str
    integrity: str

    @property
    def origin(self) -> str:
        return "/".join(self.url.split("/", 3)[:3])


def page(merchant: str, loader: Loader) -> Answer:
    shown = {
        "loader": loader.url,
        "integrity": loader.integrity,
        "merchant": merchant,
        "things": json.dumps({name: asdict(thing) for name, thing in THINGS.items()}),
        "behaviours": json.dumps({name: words for name, (words, _) in BEHAVIOURS.items()}),
        "currency": CURRENCY,
    }
    content = (PAGE / "index.html").read_text(encoding="utf-8")
    for name, value in shown.items():
        content = content.replace(f"{{{name}}}", html.escape(value))
    policy = "; ".join(POLICY).format(fields=loader.origin)
    headers = {**_COMMON, "Content-Security-Policy": policy}
    return Answer(200, "text/html; charset=utf-8", content.encode(), headers)


def file(name: str) -> Answer | None:
    """A script or a style sheet of the page."""
    found = PAGE / name
    if found.parent != PAGE or found.suffix not in MEDIA_TYPES or not found.exists():
        return None
    return Answer(200, MEDIA_TYPES[found.suffix], found.read_bytes(), _COMMON)
