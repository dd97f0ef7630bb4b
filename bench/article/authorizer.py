"""The article's authorizer: a JWT, with its key from Secrets Manager for each request."""

import os
from typing import Any

import boto3
import jwt
from aws_lambda_powertools import Logger

logger = Logger(service="article")
secrets = boto3.client("secretsmanager")


def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    key = secrets.get_secret_value(SecretId=os.environ["JWT_SECRET"])["SecretString"]
    claims = jwt.decode(event["authorizationToken"].removeprefix("Bearer "), key, algorithms=["HS256"])
    logger.info("authorized", extra={"client_id": claims["sub"]})
    statement = {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": event["methodArn"]}
    return {
        "principalId": claims["sub"],
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": {"merchant_id": claims["merchant"]},
    }
