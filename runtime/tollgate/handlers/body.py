"""Request bodies and headers: strict, and each mistake named by its field."""

import re
from typing import TypeVar

import msgspec

from tollgate.domain.errors import Code, FieldError, Refusal, invalid
from tollgate.handlers.exchange import Request
from tollgate.handlers.query import Query

MAX_BODY = 8 * 1024
Body = TypeVar("Body", bound=msgspec.Struct)

_PLACE = re.compile(r" - at `(?:key` in `)?\$(?P<path>[^`]*)`$")
_NAMED = re.compile(r"^Object (?:contains unknown|missing required) field `(?P<name>[^`]*)`")
_VISIBLE_ASCII = re.compile(r"[\x21-\x7e]{1,255}")
_QUOTED = re.compile(r'"((?:[^"\\]|\\["\\])*)"')


def parsed(request: Request, shape: type[Body], *, optional: bool = False) -> Body:
    """The JSON body in `shape`.

    Raises `Refusal`: a query parameter, which no call with a body has (400), over 8 KiB (413), another
    media type than JSON (415), or a field that is malformed, unknown or missing (400, with its pointer).
    `optional` lets no body stand for `{}`.
    """
    Query(request, ())
    if len(request.body) > MAX_BODY:
        raise Refusal(Code.PAYLOAD_TOO_LARGE, f"A body may have at most {MAX_BODY} bytes.")
    if optional and not request.body:
        return msgspec.convert({}, shape)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        raise Refusal(Code.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json.")
    try:
        return msgspec.json.decode(request.body, type=shape)
    except msgspec.ValidationError as error:
        raise _field_error(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise invalid("", "The body is not valid JSON.") from None


def idempotency_key(request: Request) -> str:
    """The `Idempotency-Key`, bare or quoted as a structured-field string (RFC 8941 §3.3.3)."""
    given = request.headers.get("idempotency-key", "").strip()
    if not given:
        raise Refusal(
            Code.IDEMPOTENCY_KEY_MISSING, "Send an Idempotency-Key header: one new key for each new intent."
        )
    quoted = _QUOTED.fullmatch(given)
    key = re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else given
    if not _VISIBLE_ASCII.fullmatch(key) or (not quoted and key.startswith('"')):
        raise Refusal(
            Code.INVALID_REQUEST,
            "The Idempotency-Key must be 1 to 255 characters of visible ASCII.",
            (FieldError("Idempotency-Key", "1 to 255 characters of visible ASCII, bare or quoted."),),
        )
    return key


def _field_error(message: str) -> Refusal:
    place = _PLACE.search(message)
    what = message[: place.start()] if place else message
    path = re.sub(r"\[(\d+|\.\.\.)\]", r".\1", place["path"]) if place else ""
    steps = [step for step in path.split(".") if step]
    if named := _NAMED.match(what):
        steps.append(named["name"])
    pointer = "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)
    return invalid(pointer, what + ".")
