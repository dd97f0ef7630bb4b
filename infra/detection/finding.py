"""A kind of event that somebody is told about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Topic = Literal["urgent", "notice"]

CALL = "AWS API Call via CloudTrail"
SIGN_IN = "AWS Console Sign In via CloudTrail"
CALL_PATHS = {
    "call": "$.detail.eventName",
    "service": "$.detail.eventSource",
    "principal": "$.detail.userIdentity.arn",
    "address": "$.detail.sourceIPAddress",
    "region": "$.region",
    "time": "$.time",
    "error": "$.detail.errorCode",
    "event": "$.detail.eventID",
}
CALL_TEXT = (
    "<principal> called <call> of <service> from <address> in <region> at <time>."
    " Error, if any: <error>. CloudTrail event <event>."
)


@dataclass(frozen=True)
class Finding:
    """`means`: what has happened. `text`: the particulars, with `paths` into the event in angle brackets.

    `reads`: the event is a call that only reads, which a rule hears when it asks for it. `worldwide`: it is
    of a global service, whose events are in us-east-1.
    """

    name: str
    means: str
    topic: Topic
    pattern: Mapping[str, Any]
    text: str = CALL_TEXT
    paths: Mapping[str, str] = field(default_factory=lambda: CALL_PATHS)
    reads: bool = False
    worldwide: bool = False


def calls(service: str, *names: str, **parameters: Any) -> dict[str, Any]:
    """The pattern of calls (`DeleteTable`, …) to a service (`dynamodb`, …), with such parameters."""
    detail: dict[str, Any] = {"eventSource": [f"{service}.amazonaws.com"], "eventName": list(names)}
    if parameters:
        detail["requestParameters"] = parameters
    return {"source": [f"aws.{service}"], "detail-type": [CALL], "detail": detail}
