"""A payment in two writes and a call of the processor, each over a connection that is kept alive."""

import hashlib
import http.client
import json
import os
from typing import Any
from urllib.parse import urlsplit

from bench.floor.signing import signed_headers

_aws = urlsplit(os.environ["AWS_ENDPOINT_URL"])
_processor = urlsplit(os.environ["PROCESSOR_URL"])
_table = os.environ["TRANSACTIONS_TABLE"]
_to_aws = http.client.HTTPConnection(_aws.netloc)
_to_processor = http.client.HTTPConnection(_processor.netloc)


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    asked = json.loads(event["body"])
    merchant = event["requestContext"]["authorizer"]["merchant_id"]
    payment_id = hashlib.sha256(f"{merchant} {event['headers']['Idempotency-Key']}".encode()).hexdigest()
    item = {
        "id": {"S": payment_id},
        "amount": {"N": str(asked["amount"])},
        "currency": {"S": asked["currency"]},
        "token": {"S": asked["payment_method"]["token"]},
    }
    _write("PutItem", {"Item": item, "ConditionExpression": "attribute_not_exists(id)"})
    outcome = _charge(payment_id, asked)
    change = {
        "Key": {"id": {"S": payment_id}},
        "UpdateExpression": "SET outcome = :outcome",
        "ConditionExpression": "attribute_not_exists(outcome)",
        "ExpressionAttributeValues": {":outcome": {"S": outcome}},
    }
    _write("UpdateItem", change)
    return {"statusCode": 201, "body": json.dumps({"id": payment_id, "outcome": outcome})}


def _write(operation: str, request: dict[str, Any]) -> None:
    body = json.dumps({"TableName": _table, **request}).encode()
    headers = signed_headers(_aws.netloc, "dynamodb", f"DynamoDB_20120810.{operation}", body)
    _to_aws.request("POST", "/", body, headers)
    answer = _to_aws.getresponse()
    answer.read()
    if answer.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{operation} was answered {answer.status}")


def _charge(payment_id: str, asked: dict[str, Any]) -> str:
    body = json.dumps({"amount": asked["amount"], "currency": asked["currency"]}).encode()
    _to_processor.request("POST", _processor.path + "/payments", body, {"Idempotency-Key": payment_id})
    answer = _to_processor.getresponse()
    answer.read()
    return str(answer.status)
