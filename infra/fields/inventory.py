"""What a stage's card fields must answer: each file with hash and headers, and whose pages may show it.

A plain document, so that whoever compares what is deployed with it needs nothing of this program.
"""

from collections.abc import Collection, Mapping
from typing import Any

from infra.fields.headers import CSP, Kind, headers_of, kind_of, policy
from infra.fields.release import CHECKOUT, FRAME, SESSIONS, files, integrity, media_type, path_of


def inventory(api: str, origins: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """`headers` by kind; `files` by path: kind, media type and hash; `origins` by merchant. `frame`: the path
    that is asked for a merchant; `also`: other addresses of files.

    A page's policy is that of a page that nobody may show: it ends in `frame-ancestors 'none'`.
    """
    headers = {kind.value: headers_of(kind) for kind in Kind}
    headers[Kind.PAGE][CSP] = policy(api)
    released = {
        path: [kind_of(path).value, media_type(path), integrity(content)]
        for path, content in files(api).items()
    }
    return {
        "headers": headers,
        "files": released,
        "frame": path_of(FRAME),
        "also": {f"{SESSIONS}cks_00000000000000000000": path_of(CHECKOUT)},
        "origins": {merchant: list(registered) for merchant, registered in origins.items()},
    }
