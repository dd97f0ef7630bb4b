"""Payroc's errors: `application/problem+json`, `type` URLs and `errors[]` (docs.payroc.com/api/errors)."""

from typing import Any

_TYPES = "https://docs.payroc.com/api/errors#"


class Problem(Exception):
    """A request that is refused. `parameter` names the field or filter at fault, where there is one."""

    def __init__(self, status: int, fragment: str, detail: str, parameter: str | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.fragment = fragment
        self.detail = detail
        self.parameter = parameter

    def body(self) -> dict[str, Any]:
        """The problem document."""
        document: dict[str, Any] = {
            "type": _TYPES + self.fragment,
            "title": self.fragment.replace("-", " ").capitalize(),
            "status": self.status,
            "detail": self.detail,
        }
        if self.parameter is not None:
            document["errors"] = [
                {"parameter": self.parameter, "detail": "Invalid value", "message": self.detail}
            ]
        return document


def invalid(parameter: str, detail: str) -> Problem:
    """400: one field or filter is wrong."""
    return Problem(400, "bad-request", detail, parameter)


def not_found() -> Problem:
    """404: no such route or payment."""
    return Problem(404, "not-found", "The resource was not found")


def not_modifiable(detail: str) -> Problem:
    """409: the payment's state doesn't allow the operation."""
    return Problem(409, "cannot-be-modified", detail)
