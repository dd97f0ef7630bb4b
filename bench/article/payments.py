"""The article's payment: eleven calls of AWS with its authorizer's, and one of the processor."""

import json
import os
import time
import uuid
from typing import Any

import boto3
import requests
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from pydantic import BaseModel, Field

logger = Logger(service="article")
metrics = Metrics(namespace="Article", service="article")
app = APIGatewayRestResolver(enable_validation=True)
dynamodb: Any = boto3.resource("dynamodb")
transactions = dynamodb.Table(os.environ["TRANSACTIONS_TABLE"])
audits = dynamodb.Table(os.environ["ARTICLE_AUDITS_TABLE"])
cards = dynamodb.Table(os.environ["ARTICLE_CARDS_TABLE"])
secrets = boto3.client("secretsmanager")
kms = boto3.client("kms")
queue = boto3.client("sqs")
once = DynamoDBPersistenceLayer(table_name=os.environ["IDEMPOTENCY_TABLE"])
by_key = IdempotencyConfig(event_key_jmespath="key", expires_after_seconds=86_400)


class PaymentMethod(BaseModel):
    token: str


class CreatePayment(BaseModel):
    amount: int = Field(gt=0)
    currency: str = Field(pattern="^[A-Z]{3}$")
    payment_method: PaymentMethod


@app.post("/v1/payments")
def create(body: CreatePayment) -> dict[str, Any]:
    merchant = app.current_event.request_context.authorizer["merchant_id"]
    request = {"key": app.current_event.headers["Idempotency-Key"], **body.model_dump()}
    by_key.register_lambda_context(app.lambda_context)
    return pay(request=request, merchant=merchant)


@idempotent_function(data_keyword_argument="request", persistence_store=once, config=by_key)
def pay(request: dict[str, Any], merchant: str) -> dict[str, Any]:
    key = secrets.get_secret_value(SecretId=os.environ["PROCESSOR_SECRET"])["SecretString"]
    card = cards.get_item(Key={"id": request["payment_method"]["token"]})["Item"]
    number = kms.decrypt(CiphertextBlob=card["number"].value)["Plaintext"].decode()
    payment = {
        "id": f"pay_{uuid.uuid4().hex}",
        "merchant_id": merchant,
        "created_at": str(time.time_ns()),
        "amount": request["amount"],
        "currency": request["currency"],
        "status": "PENDING",
    }
    transactions.put_item(Item=payment)
    audit(payment, "payment.created")
    answer = charge(key, payment, number)
    payment["status"] = "CAPTURED"
    transactions.update_item(
        Key={"id": payment["id"]},
        UpdateExpression="SET #status = :status, #answer = :answer",
        ExpressionAttributeNames={"#status": "status", "#answer": "answer"},
        ExpressionAttributeValues={":status": payment["status"], ":answer": answer},
    )
    audit(payment, "payment.captured")
    queue.send_message(
        QueueUrl=os.environ["ARTICLE_QUEUE_URL"],
        MessageBody=json.dumps(payment),
        MessageGroupId=merchant,
        MessageDeduplicationId=payment["id"],
    )
    return payment


def charge(key: str, payment: dict[str, Any], number: str) -> str:
    answer = requests.post(
        os.environ["PROCESSOR_URL"] + "/payments",
        headers={"x-api-key": key, "Idempotency-Key": payment["id"]},
        json={"amount": payment["amount"], "currency": payment["currency"], "card": number[:6]},
        timeout=10,
    )
    return str(answer.status_code)


def audit(payment: dict[str, Any], action: str) -> None:
    audits.put_item(
        Item={
            "id": str(uuid.uuid4()),
            "merchant_id": payment["merchant_id"],
            "action": action,
            "resource": payment["id"],
            "at": str(time.time_ns()),
        }
    )
    logger.info(action, extra={"payment_id": payment["id"]})
    metrics.add_metric(name=action, unit=MetricUnit.Count, value=1)


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return app.resolve(event, context)
