"""An account in memory with what a stage has, and what the article's design has, each with one merchant."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from moto import mock_aws

from bench.events import CLIENT, MERCHANT
from bench.recorder import Recorder
from local.simulator import start
from tollgate.adapters.clients_table import ClientsTable
from tollgate.adapters.jwks import encryption_jwk
from tollgate.adapters.vault import create_merchant_key
from tollgate.domain.merchant import Merchant, ProcessorAccount

API_KEY = "simulator-key"
CREATED_AT = 1_750_000_000_000
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_REGION": "eu-west-1",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
}
TABLES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "payments": {
        "listing": ("listing", "position"),
        "due": ("due_shard", "due"),
        "by_reference": ("ref", "position"),
    },
    "audits": {"by_merchant": ("trail", "position"), "by_resource": ("subject", "position")},
    "events": {"by_day": ("day", "position")},
    "vault": {},
    "clients": {},
    "transactions": {"by_merchant": ("merchant_id", "created_at")},
    "idempotency": {},
    "article-audits": {},
    "article-cards": {},
}
"""Each with the hash key `id`, and its indexes by (hash key, range key)."""


@dataclass(frozen=True, slots=True)
class Account:
    """`environment`: of every function, both designs'. `jwk`: what cards are encrypted to. `bearer`: the
    article's access token."""

    recorder: Recorder
    environment: Mapping[str, str]
    jwk: Mapping[str, str]
    bearer: str


@contextmanager
def opened() -> Iterator[Account]:
    """The account, with a processor beside it, and the environment of the functions. Both end with it."""
    with ExitStack() as stack:
        state = stack.enter_context(tempfile.TemporaryDirectory())
        processor = start(0, API_KEY, Path(state) / "simulator.jsonl")
        stack.callback(processor.stop)
        stack.enter_context(_environment(CREDENTIALS))
        stack.enter_context(mock_aws())
        private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        environment = {**CREDENTIALS, **_stage(private, processor.url), **_article(processor.url)}
        stack.enter_context(_environment(environment))
        signed = jwt.encode({"sub": CLIENT, "merchant": MERCHANT}, "k" * 32, algorithm="HS256")
        yield Account(
            Recorder(boto3.client("dynamodb")), environment, encryption_jwk(private.public_key()), signed
        )


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _stage(private: rsa.RSAPrivateKey, processor_url: str) -> dict[str, str]:
    kms, dynamodb = boto3.client("kms"), boto3.client("dynamodb")
    for name, indexes in TABLES.items():
        _create_table(dynamodb, name, indexes)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    kid = encryption_jwk(private.public_key())["kid"]
    secret = _secret(json.dumps({"api_key": API_KEY}))
    account = {"api_url": f"{processor_url}/v1", "identity_url": processor_url, "secret": secret}
    rules = {"first_seconds": 10, "longest_seconds": 3600, "not_found_seconds": 7200, "watch_seconds": 9000}
    merchant = Merchant(
        id=MERCHANT,
        name="Corner shop",
        processor=ProcessorAccount("payroc", "main", "1234001"),
        currencies=frozenset({"USD"}),
        multiple_captures=True,
        created_at=CREATED_AT,
    )
    ClientsTable(dynamodb, "clients").put_merchant(merchant)
    wrapped = kms.generate_data_key_without_plaintext(
        KeyId=_key(),
        KeySpec="AES_256",
        EncryptionContext={"merchant": merchant.id},
    )
    create_merchant_key(dynamodb, "vault", merchant.id, wrapped["CiphertextBlob"])
    return {
        **{f"{name.upper()}_TABLE": name for name in ("payments", "audits", "events", "vault", "clients")},
        "CARD_KEYS_SECRET": _secret(json.dumps({"current": kid, "keys": {kid: pem}})),
        "CURSOR_KEY": kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"][
            "Arn"
        ],
        "OPERATIONS_QUEUE_URL": _queue("operations.fifo"),
        "FOLLOW_UP": json.dumps(rules),
        "PROCESSOR_ACCOUNTS": json.dumps({"main": account}),
        "SIGNING_KEYS": _key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY"),
        "ISSUER": "https://pay.example",
        "AUDIENCE": "https://pay.example/v1",
    }


def _article(processor_url: str) -> dict[str, str]:
    kms = boto3.client("kms")
    number = kms.encrypt(KeyId=_key(), Plaintext=b"4539858876047062")["CiphertextBlob"]
    boto3.client("dynamodb").put_item(
        TableName="article-cards", Item={"id": {"S": "card"}, "number": {"B": number}}
    )
    return {
        "JWT_SECRET": _secret("k" * 32),
        "PROCESSOR_SECRET": _secret("article-key"),
        "PROCESSOR_URL": f"{processor_url}/v1",
        "TRANSACTIONS_TABLE": "transactions",
        "IDEMPOTENCY_TABLE": "idempotency",
        "ARTICLE_AUDITS_TABLE": "article-audits",
        "ARTICLE_CARDS_TABLE": "article-cards",
        "ARTICLE_QUEUE_URL": _queue("payments.fifo"),
    }


def _key(**kind: Any) -> str:
    return boto3.client("kms").create_key(**kind)["KeyMetadata"]["Arn"]


def _secret(value: str) -> str:
    """Named by its value: nothing here is one."""
    name = hashlib.sha256(value.encode()).hexdigest()
    manager = boto3.client("secretsmanager")
    return manager.create_secret(Name=f"bench-{name}", SecretString=value)["ARN"]


def _queue(name: str) -> str:
    return boto3.client("sqs").create_queue(QueueName=name, Attributes={"FifoQueue": "true"})["QueueUrl"]


def _create_table(dynamodb: Any, name: str, indexes: Mapping[str, tuple[str, str]]) -> None:
    keys = {"id", *(key for index in indexes.values() for key in index)}
    request: dict[str, Any] = {
        "TableName": name,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [
            {"AttributeName": key, "AttributeType": "N" if key == "due" else "S"} for key in sorted(keys)
        ],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
    }
    if indexes:
        request["GlobalSecondaryIndexes"] = [
            {
                "IndexName": index,
                "KeySchema": [
                    {"AttributeName": hash_key, "KeyType": "HASH"},
                    {"AttributeName": range_key, "KeyType": "RANGE"},
                ],
                "Projection": _projection(name),
            }
            for index, (hash_key, range_key) in indexes.items()
        ]
    dynamodb.create_table(**request)


def _projection(table: str) -> dict[str, Any]:
    shows_who_did_what = table == "audits"
    if shows_who_did_what:
        return {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["action", "actor", "holds"]}
    return {"ProjectionType": "KEYS_ONLY"}
