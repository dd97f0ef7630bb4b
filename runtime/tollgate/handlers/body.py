"""Request bodies: strict, and each mistake named by its field."""

import re
from typing import TypeVar

import msgspec

from tollgate.domain.errors import Code, Refusal, invalid
from tollgate.handlers.exchange import JSON, Request
from tollgate.handlers.headers import Headers, is_encoded, is_media_type
from tollgate.handlers.json_text import check_json, escaped
from tollgate.handlers.query import Query

MAX_BODY = 8 * 1024
Body = TypeVar("Body", bound=msgspec.Struct)

_PLACE = re.compile(r" - at `(?:key` in `)?\$(?P<path>[^`]*)`$")
_NAMED = re.compile(r"^Object (?:contains unknown|missing required) field `(?P<name>[^`]*)`")
_PATTERN = re.compile(r" matching regex .*")


def parsed(request: Request, shape: type[Body], *, optional: bool = False) -> Body:
    """The JSON body in `shape`.

    Raises `Refusal`: a query parameter, which no call with a body has (400), over 8 KiB (413), an encoding
    or another media type than JSON (415), text that can't be kept, or a field that is malformed, unknown or
    missing (400, with its pointer). `optional` lets no body stand for `{}`.
    """
    Query(request, ())
    check_size_and_coding(request.headers, request.body)
    if optional and not request.body:
        return msgspec.convert({}, shape)
    if not is_media_type(request.headers, JSON):
        raise Refusal(Code.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json, in UTF-8.")
    check_json(request.body, as_text=request.body_was_text)
    try:
        return msgspec.json.decode(request.body, type=shape)
    except msgspec.ValidationError as error:
        raise _field_error(str(error)) from None
    except msgspec.DecodeError:
        raise invalid("", "The body is not valid JSON.") from None


def check_size_and_coding(headers: Headers, body: bytes) -> None:
    """Raises `Refusal`: `payload_too_large`, `unsupported_media_type` (a `Content-Encoding`)."""
    if len(body) > MAX_BODY:
        raise Refusal(Code.PAYLOAD_TOO_LARGE, f"A body may have at most {MAX_BODY} bytes.")
    if is_encoded(headers):
        raise Refusal(Code.UNSUPPORTED_MEDIA_TYPE, "Send the body without a Content-Encoding.")


def _field_error(message: str) -> Refusal:
    place = _PLACE.search(message)
    what = message[: place.start()] if place else message
    path = re.sub(r"\[(\d+|\.\.\.)\]", r".\1", place["path"]) if place else ""
    steps = [step for step in path.split(".") if step]
    if named := _NAMED.match(what):
        steps.append(named["name"])
    pointer = "".join(f"/{escaped(step)}" for step in steps)
    return invalid(pointer, _PATTERN.sub(" of the documented form", what) + ".")
