"""Answers for programs that ask a cloud about what is there already: of the right type, and made up."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Mapping
from typing import Any, get_args, get_origin

from pulumi._types import output_type_types  # the SDK's own reading of its generated classes; it is pinned

from engine.backend import Provider
from engine.data_sources import data_source
from engine.policy_document import policy_document
from engine.recording import RecordingBackend, digest

ZONES = "abc"


class PlaceholderBackend(RecordingBackend):
    """Like the other, and for every data source that the program's SDK knows.

    What was asked for comes back, with the names of zones, made-up names, ids and ARNs. A number, a yes or
    no, or a structure is left out: it would be a guess. A policy document is what it would be.
    """

    def invoke(self, token: str, arguments: Mapping[str, Any], provider: Provider) -> Mapping[str, Any]:
        if token == "aws:iam/getPolicyDocument:getPolicyDocument":
            text = policy_document(arguments)
            return {"id": digest(text), **arguments, "json": text, "minifiedJson": text}
        try:
            return data_source(token, provider)
        except ValueError:
            return _placeholders(token, arguments, provider)


def _placeholders(token: str, arguments: Mapping[str, Any], provider: Provider) -> Mapping[str, Any]:
    subject = token.rpartition(":")[2].removeprefix("get")
    answers = {name: _placeholder(subject, name, kind, provider) for name, kind in _properties(token).items()}
    return {name: value for name, value in answers.items() if value is not None} | dict(arguments)


def _placeholder(subject: str, name: str, kind: Any, provider: Provider) -> Any:
    """None for what can't be made up."""
    if subject == "AvailabilityZones" and name == "names":
        return [f"{provider.region}{zone}" for zone in ZONES]
    own = {"region": provider.region, "accountId": provider.account, "ownerId": provider.account}
    made_up = f"{_lower(subject)}-{digest(subject + name)}"
    if kind is str:
        if name.lower().endswith("arn"):
            return f"arn:aws:{_lower(subject)}:{provider.region}:{provider.account}:{made_up}"
        return own.get(name, made_up)
    if get_origin(kind) is not None and get_args(kind) == (str,):
        return [f"{made_up}-{number}" for number in range(1, 4)]
    return None


def _properties(token: str) -> Mapping[str, Any]:
    """The types of an answer's properties, from the SDK that the program has imported."""
    package, path, function = token.split(":")
    module = path.removeprefix("index/").split("/")
    module[-1] = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", function).lower()
    name = ".".join((f"pulumi_{package.replace('-', '_')}", *(part.lower() for part in module)))
    try:
        importlib.import_module(name)
    except ImportError:
        raise ValueError(f"this data source isn't answered without a cloud: {name} isn't there") from None
    result = f"{function[0].upper()}{function[1:]}Result"
    return output_type_types(getattr(sys.modules[name], result))


def _lower(subject: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", subject).lower()
