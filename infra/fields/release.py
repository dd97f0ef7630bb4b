"""What is released: the files of `web/` as they are, below a folder whose name follows from their content.

Nothing is bundled or minified: what a browser runs is what a reviewer reads, its hash is the same in every
stage, and whoever has Python alone can make it.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

WEB = Path(__file__).parents[2] / "web"
VERSION: str = json.loads((WEB / "package.json").read_text(encoding="utf-8"))["version"]
LOADER, FRAME, CHECKOUT = "tollgate.js", "card.html", "checkout.html"
# A page's scripts and styles are in the folder with its name.
SERVED = (LOADER, FRAME, "card/*", "payment/*", CHECKOUT, "checkout/*")
MEDIA_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
}
# Stand in a page for the API's URL, which differs between stages, and for the release's folder.
API, RELEASE = b"{api}", b"{release}"
# Below it each session has its hosted page: the same file, which reads its own address.
SESSIONS = "/checkout/"


def sources() -> dict[str, bytes]:
    """The files of a release by name (`card/frame.js`), as they are in `web/`."""
    found = sorted(file for pattern in SERVED for file in WEB.glob(pattern) if file.is_file())
    return {file.relative_to(WEB).as_posix(): file.read_bytes() for file in found}


def folder() -> str:
    """The release's folder. It changes with any byte of any file, so nothing that lies in it ever does."""
    digest = hashlib.sha256()
    for name, content in sorted(sources().items()):
        digest.update(f"{name}\n{len(content)}\n".encode() + content)
    return f"{VERSION}-{digest.hexdigest()[:12]}"


def path_of(name: str) -> str:
    """Where a file of the release is served."""
    return f"/{folder()}/{name}"


def newest_path() -> str:
    """Where the loader of the newest release of this major version is: an address that stays."""
    return f"/v{VERSION.partition('.')[0]}/{LOADER}"


def files(api: str) -> dict[str, bytes]:
    """All that a stage serves, by path. `api`: the URL of its API.

    The loader that stays is one line: it leads to a release, whose parts are never of different ones.
    """
    stated = {API: api.encode(), RELEASE: folder().encode()}
    made = {path_of(name): _stated(content, stated) for name, content in sources().items()}
    newest = f'export * from "{path_of(LOADER)}";\n'.encode()
    return {**made, newest_path(): newest}


def _stated(content: bytes, values: Mapping[bytes, bytes]) -> bytes:
    for name, value in values.items():
        content = content.replace(name, value)
    return content


def media_type(path: str) -> str:
    """By the name's ending. Raises `KeyError` for one that isn't served."""
    return MEDIA_TYPES[Path(path).suffix]


def integrity(content: bytes) -> str:
    """The content's hash as a page names it (W3C Subresource Integrity)."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()
