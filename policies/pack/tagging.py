"""Tags: whose a resource is."""

import json
from collections.abc import Mapping
from typing import Any

from .aws import BUCKETS, FUNCTION, KEY, LOG_GROUP, QUEUE, ROLE, SECRET, STAGE, TABLE, TOPIC, TRAIL, VPC
from .declaring import LOW, Resource, Violations, policy, words
from .stack import value_at


@policy(
    on=(*BUCKETS, FUNCTION, KEY, LOG_GROUP, QUEUE, ROLE, SECRET, STAGE, TABLE, TOPIC, TRAIL, VPC),
    severity=LOW,
    pci=["12.5.1"],
    remedy="Add the tag to the provider's `default_tags`, or to the resource.",
    url="https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
    settings={"tags": words(["application", "owner", "stage"], "Tags that every resource has.")},
)
def required_tags(resource: Resource, tags: list[str]) -> Violations:
    """Every resource says whose it is: the inventory of what is in scope is made from tags."""
    own = {*(resource.props.get("tags") or ()), *(resource.props.get("tagsAll") or ())}
    given = own | {*_default_tags(resource)}
    yield from (f"the tag {tag} is missing" for tag in tags if tag not in given)


def _default_tags(resource: Resource) -> Mapping[str, Any]:
    """The provider's tags. A provider's structured inputs are JSON texts on the wire."""
    tags = resource.provider.props.get("defaultTags") if resource.provider else None
    return value_at(json.loads(tags) if isinstance(tags, str) else tags or {}, "tags") or {}
