"""A back end without any cloud: every resource gets plausible ids and ARNs, so that no value is unknown."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from typing import Any

from local.engine.backend import Applied, Provider, Resource

# type -> outputs; `id` is the physical id. {name}: physical name, {digest}: 10 stable hex digits, {uuid}: a
# stable UUID. A type that isn't here gets id=name, arn=arn:aws:service:region:account:kind/name.
OUTPUTS: Mapping[str, Mapping[str, str]] = {
    "aws:apigateway/apiKey:ApiKey": {
        "id": "{digest}",
        "arn": "arn:aws:apigateway:{region}::/apikeys/{digest}",
    },
    "aws:apigateway/deployment:Deployment": {"id": "{digest}"},
    "aws:apigateway/restApi:RestApi": {
        "id": "{digest}",
        "arn": "arn:aws:apigateway:{region}::/restapis/{digest}",
        "executionArn": "arn:aws:execute-api:{region}:{account}:{digest}",
        "rootResourceId": "{digest}",
    },
    "aws:apigateway/stage:Stage": {
        "id": "ags-{restApi}-{stageName}",
        "arn": "arn:aws:apigateway:{region}::/restapis/{restApi}/stages/{stageName}",
        "executionArn": "arn:aws:execute-api:{region}:{account}:{restApi}/{stageName}",
        "invokeUrl": "https://{restApi}.execute-api.{region}.amazonaws.com/{stageName}",
    },
    "aws:apigateway/usagePlan:UsagePlan": {
        "id": "{digest}",
        "arn": "arn:aws:apigateway:{region}::/usageplans/{digest}",
    },
    "aws:cloudwatch/logGroup:LogGroup": {
        "id": "{name}",
        "arn": "arn:aws:logs:{region}:{account}:log-group:{name}",
    },
    "aws:dynamodb/table:Table": {
        "id": "{name}",
        "arn": "arn:aws:dynamodb:{region}:{account}:table/{name}",
        "streamArn": "arn:aws:dynamodb:{region}:{account}:table/{name}/stream/2026-01-01T00:00:00.000",
    },
    "aws:iam/policy:Policy": {"id": "{arn}", "arn": "arn:aws:iam::{account}:policy/{name}"},
    "aws:iam/role:Role": {
        "id": "{name}",
        "arn": "arn:aws:iam::{account}:role/{name}",
        "uniqueId": "AROA{digest}",
    },
    "aws:kms/alias:Alias": {"id": "{name}", "arn": "arn:aws:kms:{region}:{account}:{name}"},
    "aws:kms/key:Key": {
        "id": "{uuid}",
        "keyId": "{uuid}",
        "arn": "arn:aws:kms:{region}:{account}:key/{uuid}",
    },
    "aws:lambda/eventSourceMapping:EventSourceMapping": {
        "id": "{uuid}",
        "arn": "arn:aws:lambda:{region}:{account}:event-source-mapping:{uuid}",
    },
    "aws:lambda/function:Function": {
        "id": "{name}",
        "arn": "arn:aws:lambda:{region}:{account}:function:{name}",
        "invokeArn": "arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/"
        "arn:aws:lambda:{region}:{account}:function:{name}/invocations",
    },
    "aws:s3/bucket:Bucket": {"id": "{bucket}", "arn": "arn:aws:s3:::{bucket}"},
    "aws:secretsmanager/secret:Secret": {
        "id": "{arn}",
        "arn": "arn:aws:secretsmanager:{region}:{account}:secret:{name}-abcdef",
    },
    "aws:sns/topic:Topic": {"id": "{arn}", "arn": "arn:aws:sns:{region}:{account}:{name}"},
    "aws:sqs/queue:Queue": {
        "id": "{url}",
        "arn": "arn:aws:sqs:{region}:{account}:{name}",
        "url": "https://sqs.{region}.amazonaws.com/{account}/{name}",
    },
}


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
            "region": resource.provider.region,
            "account": resource.provider.account,
            "digest": hashlib.sha256(resource.urn.encode()).hexdigest()[:10],
            "uuid": str(uuid.uuid5(uuid.NAMESPACE_URL, resource.urn)),
        }
        made = {key: text.format(**values) for key, text in template.items() if key != "id"}
        physical_id = template["id"].format(**(values | made))
        return Applied(physical_id, {"name": values["name"], **resource.inputs, **made, "id": physical_id})

    def invoke(self, token: str, arguments: Mapping[str, Any], provider: Provider) -> Mapping[str, Any]:
        return data_source(token, provider)


def data_source(token: str, provider: Provider) -> Mapping[str, Any]:
    """The data sources that follow from the provider alone; `ValueError` for any other."""
    account = provider.account
    answers: dict[str, dict[str, Any]] = {
        "aws:index/getCallerIdentity:getCallerIdentity": {
            "id": account,
            "accountId": account,
            "arn": f"arn:aws:iam::{account}:root",
            "userId": account,
        },
        "aws:index/getPartition:getPartition": {
            "id": "aws",
            "partition": "aws",
            "dnsSuffix": "amazonaws.com",
            "reverseDnsPrefix": "com.amazonaws",
        },
        # The one that GuardDuty has made.
        "aws:guardduty/getDetector:getDetector": {"id": "12abc34d567e8fa901bc2d34e56789f0"},
        "aws:index/getRegion:getRegion": {
            "id": provider.region,
            "region": provider.region,
            "name": provider.region,
        },
    }
    if token not in answers:
        raise ValueError("this data source isn't answered without a cloud")
    return answers[token]
