"""`/docs` beside the API: the reference. A stage serves none: its calls are the contract's alone."""

from __future__ import annotations

from typing import Any

from local.reference import POLICY, reference

PLACE = "/docs"


async def answered(scope: dict[str, Any], send: Any) -> bool:
    """Answers a request for a file of the reference; False for any other request, which is left alone."""
    name = _name(scope["path"])
    found = reference(f"{PLACE}/").get(name) if name and scope["method"] in {"GET", "HEAD"} else None
    if not found:
        return False
    media_type, content = found
    headers = [
        (b"content-type", media_type.encode()),
        (b"content-length", str(len(content)).encode()),
        (b"content-security-policy", POLICY.encode()),
        (b"cache-control", b"no-cache"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": content if scope["method"] == "GET" else b""})
    return True


def _name(path: str) -> str | None:
    if path in {PLACE, f"{PLACE}/"}:
        return "index.html"
    return path.removeprefix(f"{PLACE}/") if path.startswith(f"{PLACE}/") else None
