"""Payroc's `application/problem+json`: its type is the fragment of a URL (docs.payroc.com/api/errors)."""

from urllib.parse import urlsplit

import msgspec

from tollgate.adapters.payroc.results import decode

CANNOT_BE_MODIFIED = "cannot-be-modified"


class _Problem(msgspec.Struct):
    type: str


def problem_type(content: bytes) -> str | None:
    """The kind of problem, or None for what isn't readable as one."""
    problem = decode(content, _Problem)
    try:
        return urlsplit(problem.type).fragment if problem else None
    except ValueError:
        return None
