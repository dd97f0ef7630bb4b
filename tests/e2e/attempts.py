"""Calls that a function never makes, made in its name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import boto3
from botocore import xform_name
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import ClientError

from onboarding import Stage
from ops.iam.evaluation import Context, many
from ops.iam.evidence import ENCRYPTION_CONTEXT_KEYS

SESSION = "attempt"
"""Not the function's name: what is attempted isn't counted among the function's own calls."""
REFUSED = {"AccessDenied", "AccessDeniedException"}
KEY = {"id": {"S": "nothing"}}

# The parameter that names the resource, by service, and how it is named there.
TARGETS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "dynamodb": ("TableName", lambda arn: arn.partition("/")[2]),
    "iam": ("RoleName", lambda arn: arn.rpartition("/")[2]),
    "kms": ("KeyId", str),
    "lambda": ("FunctionName", str),
    "logs": ("logGroupName", lambda arn: arn.split(":", 6)[6].removesuffix(":*")),
    "secretsmanager": ("SecretId", str),
    "sqs": ("QueueUrl", lambda arn: arn.rpartition(":")[2]),
}
# What a request must have besides.
PARAMETERS: Mapping[str, Mapping[str, Any]] = {
    "dynamodb:DeleteItem": {"Key": KEY},
    "dynamodb:GetItem": {"Key": KEY},
    "dynamodb:PutItem": {"Item": KEY},
    "dynamodb:Query": {
        "KeyConditionExpression": "id = :id",
        "ExpressionAttributeValues": {":id": {"S": "nothing"}},
    },
    "dynamodb:UpdateItem": {"Key": KEY},
    "dynamodb:UpdateTable": {"DeletionProtectionEnabled": False},
    "dynamodb:UpdateTimeToLive": {
        "TimeToLiveSpecification": {"Enabled": False, "AttributeName": "expires_at"}
    },
    "iam:PutRolePolicy": {"PolicyName": "more", "PolicyDocument": "{}"},
    "iam:UpdateAssumeRolePolicy": {"PolicyDocument": "{}"},
    "kms:CreateGrant": {"GranteePrincipal": "arn:aws:iam::111111111111:root", "Operations": ["Decrypt"]},
    "kms:Decrypt": {"CiphertextBlob": b"nothing"},
    "kms:Encrypt": {"Plaintext": b"nothing"},
    "kms:GenerateDataKey": {"KeySpec": "AES_256"},
    "kms:GenerateDataKeyWithoutPlaintext": {"KeySpec": "AES_256"},
    "kms:GenerateMac": {"Message": b"nothing", "MacAlgorithm": "HMAC_SHA_256"},
    "kms:PutKeyPolicy": {"Policy": "{}"},
    "kms:Sign": {"Message": b"nothing", "SigningAlgorithm": "ECDSA_SHA_256"},
    "lambda:UpdateFunctionCode": {"ZipFile": b"nothing"},
    "logs:PutRetentionPolicy": {"retentionInDays": 1},
    "secretsmanager:PutSecretValue": {"SecretString": "nothing"},
    "sqs:DeleteMessage": {"ReceiptHandle": "nothing"},
    "sqs:SendMessage": {"MessageBody": "nothing"},
    "sqs:SetQueueAttributes": {"Attributes": {"DelaySeconds": "0"}},
}
# boto3 has its own name for this one.
METHODS = {"lambda:InvokeFunction": "invoke"}


def take(stage: Stage, role_arn: str) -> Any:
    """Credentials of the role, for whoever the stage's operator is; Lambda alone may have them."""
    sts = stage.session.client("sts", endpoint_url=stage.endpoint_url)
    return sts.assume_role(RoleArn=role_arn, RoleSessionName=SESSION)["Credentials"]


@contextmanager
def trusted(stage: Stage, role_arn: str) -> Iterator[None]:
    """For a while the operator is trusted as Lambda is."""
    iam = stage.session.client("iam", endpoint_url=stage.endpoint_url)
    role = role_arn.rpartition("/")[2]
    document = iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]
    operator = {"AWS": f"arn:aws:iam::{role_arn.split(':')[4]}:root"}
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": operator}
    changed = {**document, "Statement": [*document["Statement"], trust]}
    iam.update_assume_role_policy(RoleName=role, PolicyDocument=json.dumps(changed))
    try:
        yield
    finally:
        iam.update_assume_role_policy(RoleName=role, PolicyDocument=json.dumps(document))


class InTheNameOf:
    """A function's role."""

    def __init__(self, stage: Stage, role_arn: str) -> None:
        self._stage = stage
        with trusted(stage, role_arn):
            taken = take(stage, role_arn)
        self._session = boto3.Session(
            taken["AccessKeyId"], taken["SecretAccessKey"], taken["SessionToken"], region_name=stage.region
        )
        self._clients: dict[str, BaseClient] = {}

    def refused(self, action: str, arn: str, context: Context) -> bool:
        """Whether AWS says that the role may not; anything else that is wrong with the call doesn't count."""
        service, _, operation = action.partition(":")
        call = getattr(self._client(service), METHODS.get(action) or xform_name(operation))
        try:
            call(**_request(service, action, arn, context))
        except ClientError as error:
            return error.response["Error"]["Code"] in REFUSED
        return False

    def _client(self, service: str) -> BaseClient:
        if service not in self._clients:
            self._clients[service] = self._session.client(
                service,
                endpoint_url=self._stage.endpoint_url,
                config=Config(retries={"total_max_attempts": 1}),
            )
        return self._clients[service]


def _request(service: str, action: str, arn: str, context: Context) -> dict[str, Any]:
    parameter, named = TARGETS[service]
    target = named(arn)
    if action == "dynamodb:BatchWriteItem":
        return {"RequestItems": {target: [{"PutRequest": {"Item": KEY}}]}}
    if action == "dynamodb:BatchGetItem":
        return {"RequestItems": {target: {"Keys": [KEY]}}}
    request = {parameter: target, **PARAMETERS.get(action, {})}
    if names := many(context.get(ENCRYPTION_CONTEXT_KEYS, ())):
        request["EncryptionContext"] = dict.fromkeys(names, "nothing")
    return request
