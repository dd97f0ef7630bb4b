"""DynamoDB tables."""

from __future__ import annotations

from typing import Any

from engine import Applied
from local.provisioning.creator import tag_list
from local.provisioning.inputs import Inputs
from local.provisioning.target import Target

THROUGHPUT = ("onDemandThroughput", "readCapacity", "warmThroughput", "writeCapacity")


class Table:
    def __init__(self, inputs: Inputs) -> None:
        self._name = inputs.need("name")
        self._ttl = inputs.block("ttl").request({"attributeName": "AttributeName", "enabled": "Enabled"})
        recovery = inputs.block("pointInTimeRecovery")
        self._recovery = recovery.request(
            {"enabled": "PointInTimeRecoveryEnabled", "recoveryPeriodInDays": "RecoveryPeriodInDays"}
        )
        encryption = inputs.block("serverSideEncryption")
        # The emulator throttles nothing.
        inputs.only_in_aws(*THROUGHPUT)
        self._request = {
            **inputs.request(
                {
                    "billingMode": "BillingMode",
                    "deletionProtectionEnabled": "DeletionProtectionEnabled",
                    "tableClass": "TableClass",
                }
            ),
            "TableName": self._name,
            "KeySchema": _key_schema(inputs),
            "AttributeDefinitions": [
                block.request({"name": "AttributeName", "type": "AttributeType"})
                for block in inputs.blocks("attributes")
            ],
            "GlobalSecondaryIndexes": [_index(block) for block in inputs.blocks("globalSecondaryIndexes")],
            "StreamSpecification": inputs.request(
                {"streamEnabled": "StreamEnabled", "streamViewType": "StreamViewType"}
            ),
            "SSESpecification": encryption.request({"enabled": "Enabled", "kmsKeyArn": "KMSMasterKeyId"}),
            "Tags": tag_list(inputs.tags()),
        }

    def create(self, target: Target) -> Applied:
        dynamodb = target.client("dynamodb")
        request = {key: value for key, value in self._request.items() if value}
        if "SSESpecification" in request:
            request["SSESpecification"]["SSEType"] = "KMS"
        table = dynamodb.create_table(**request)["TableDescription"]
        if self._ttl:
            dynamodb.update_time_to_live(TableName=self._name, TimeToLiveSpecification=self._ttl)
        if self._recovery:
            dynamodb.update_continuous_backups(
                TableName=self._name, PointInTimeRecoverySpecification=self._recovery
            )
        stream = {"streamArn": table["LatestStreamArn"]} if "LatestStreamArn" in table else {}
        return Applied(self._name, {"arn": table["TableArn"], **stream})


def _index(block: Inputs) -> dict[str, Any]:
    projection = block.request({"projectionType": "ProjectionType", "nonKeyAttributes": "NonKeyAttributes"})
    block.only_in_aws(*THROUGHPUT)
    keys = block.blocks("keySchemas")
    schema = [key.request({"attributeName": "AttributeName", "keyType": "KeyType"}) for key in keys]
    return {"IndexName": block.need("name"), "KeySchema": schema, "Projection": projection}


def _key_schema(block: Inputs) -> list[dict[str, str]]:
    keys = {"HASH": block.need("hashKey"), "RANGE": block.take("rangeKey")}
    return [{"AttributeName": name, "KeyType": kind} for kind, name in keys.items() if name]
