"""A back end without any cloud: every resource gets plausible ids and ARNs, so that no value is unknown."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from engine.backend import Applied, Provider, Resource
from engine.data_sources import data_source
from engine.outputs import OUTPUTS


class RecordingBackend:
    """Answers every type; the same program gets the same ids again."""

    def apply(self, resource: Resource) -> Applied:
        _, service, kind = resource.type.split(":")
        service = service.partition("/")[0]
        template = OUTPUTS.get(
            resource.type,
            {"id": "{name}", "arn": f"arn:aws:{service}:{{region}}:{{account}}:{kind.lower()}/{{name}}"},
        )
        values = {
            **{key: value for key, value in resource.inputs.items() if isinstance(value, str)},
            "name": resource.inputs.get("name", resource.name),
            "region": resource.inputs.get("region", resource.provider.region),
            "account": resource.provider.account,
            "digest": digest(resource.urn),
            "reach": "global" if resource.inputs.get("scope") == "CLOUDFRONT" else "regional",
            "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, resource.urn)),
        }
        named = AutoNamed(values, resource)
        made: dict[str, Any] = {key: text.format_map(named) for key, text in template.items() if key != "id"}
        named.update(made)
        physical_id = template["id"].format_map(named)
        made |= named.given | _nested(resource)
        # An input is what it is: a topic's policy has an `arn` that is the topic's.
        return Applied(physical_id, {"name": values["name"], **made, **resource.inputs, "id": physical_id})

    def invoke(self, token: str, arguments: Mapping[str, Any], provider: Provider) -> Mapping[str, Any]:
        return data_source(token, provider)


class AutoNamed(dict[str, str]):
    """What a template may name. What the program left to Pulumi is `given` a name as Pulumi would."""

    def __init__(self, values: Mapping[str, str], resource: Resource) -> None:
        super().__init__(values)
        self.given: dict[str, str] = {}
        self._name = f"{resource.name}-{digest(resource.urn)[:7]}"

    def __missing__(self, key: str) -> str:
        self.given[key] = self._name
        return self._name


def digest(text: str) -> str:
    """Ten hex digits that stand for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def _nested(resource: Resource) -> dict[str, Any]:
    """Outputs that are more than a text: a firewall has an endpoint in each of its subnets."""
    if resource.type != "aws:networkfirewall/firewall:Firewall":
        return {}
    subnets = [mapping["subnetId"] for mapping in resource.inputs["subnetMappings"]]
    attachments = [
        {"subnetId": subnet, "endpointId": f"vpce-{digest(resource.urn + subnet)}"} for subnet in subnets
    ]
    return {"firewallStatuses": [{"syncStates": [{"attachments": [each]} for each in attachments]}]}
