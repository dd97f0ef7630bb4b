"""The code of the functions of `extensions.py` and `triggers.py`."""

from __future__ import annotations

import json
import os
import time
from typing import Any

import boto3

Event = dict[str, Any]


def authorizer(event: Event, context: object) -> Event:
    """The bearer token is the key of the caller's usage plan. Its calls are counted."""
    count(event["authorizationToken"])
    statement = {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": event["methodArn"]}
    return {
        "principalId": "caller",
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "usageIdentifierKey": event["authorizationToken"].removeprefix("Bearer "),
    }


def echo(event: Event, context: object) -> Event:
    """What a function sees of a request and of the machine that it runs on."""
    seen = {
        "address": event["requestContext"]["identity"]["sourceIp"],
        "path": event["requestContext"]["path"],
        "headers": event["headers"],
        "lines": event["multiValueHeaders"],
        "as_bytes": event["isBase64Encoded"],
        "authorizer": event["requestContext"].get("authorizer"),
        "environment": sorted(os.environ),
        "process": os.getpid(),
    }
    return {"statusCode": 200, "headers": {"WWW-Authenticate": "Bearer"}, "body": json.dumps(seen)}


def crash(event: Event, context: object) -> Event:
    if event["body"]:
        raise RuntimeError("internal words")
    return {"statusCode": 200, "body": json.dumps({"process": os.getpid()})}


def slow(event: Event, context: object) -> Event:
    time.sleep(0.3)
    return {"statusCode": 200, "body": "{}"}


def consumer(event: Event, context: object) -> Event:
    """Copy each new item; an item that says so fails at its first delivery."""
    failures = []
    for record in event["Records"]:
        item = record["dynamodb"]["NewImage"]
        deliveries = count(item["id"]["S"])
        if "fails_first" in item and deliveries == 1:
            failures.append({"itemIdentifier": record["dynamodb"]["SequenceNumber"]})
    return {"batchItemFailures": failures}


def receiver(event: Event, context: object) -> Event:
    """Count each message's deliveries; the message `fails_first` fails at its first one."""
    failures = []
    for record in event["Records"]:
        deliveries = count(record["body"])
        if record["body"] == "fails_first" and deliveries == 1:
            failures.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failures}


def scheduled(event: Event, context: object) -> None:
    """Count the starts by each rule."""
    for rule in event["resources"]:
        count(rule)


def count(key: str) -> int:
    """One more of this key: how many there are now."""
    counted = boto3.client("dynamodb").update_item(
        TableName="copies",
        Key={"id": {"S": key}},
        UpdateExpression="ADD deliveries :one",
        ExpressionAttributeValues={":one": {"N": "1"}},
        ReturnValues="ALL_NEW",
    )
    return int(counted["Attributes"]["deliveries"]["N"])
