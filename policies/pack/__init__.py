"""The policies, by topic. A module's policies belong to the pack as soon as the module stands here."""

from . import (
    alarms,
    buckets,
    cloudfront,
    delivery,
    detection,
    documents_of_keys,
    durability,
    edge,
    encryption,
    firewall,
    functions,
    identity,
    logs,
    network,
    paths,
    platform,
    resource_policies,
    tagging,
    tollgate,
)
from .declaring import Policy

TOPICS = (
    encryption,
    documents_of_keys,
    identity,
    resource_policies,
    edge,
    firewall,
    cloudfront,
    paths,
    network,
    functions,
    buckets,
    durability,
    delivery,
    logs,
    detection,
    alarms,
    tagging,
    platform,
    tollgate,
)
POLICIES: list[Policy] = [
    each for topic in TOPICS for each in vars(topic).values() if isinstance(each, Policy)
]
