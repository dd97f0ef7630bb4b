"""What a warm request costs: AWS calls in order, write units and item bytes, exactly. No KMS, no secrets.

The functions run as composed, on their real adapters; the processor alone is the fake, and is counted too.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import boto3
import pytest

from bench.recorder import Recorder
from tests.cards import card_key, encrypt_card
from tests.contract.processor.fake import FakeProcessor
from tests.contract.tables import create_table
from tests.events import body_of, call
from tests.examples import NOW, merchant
from tollgate.adapters import aws as aws_clients
from tollgate.adapters.clients_table import ClientsTable
from tollgate.adapters.vault import create_merchant_key
from tollgate.handlers import payments, refunds, tokens
from tollgate.handlers.dispatch import serve
from tollgate.wiring import payments as payments_function
from tollgate.wiring import refunds as refunds_function
from tollgate.wiring import shared, vaults

AGENT = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"}
ITEM_LIMIT = 1024
MERCHANT = "mer_abcdefghijklmnopqrst"
CLIENT = "cli_abcdefghijklmnopqrst"


@dataclass
class Functions:
    """The composed functions of one account, warm, and what they cost."""

    recorder: Recorder
    processor: FakeProcessor
    worlds: list[tuple[Any, Any]]
    token: str = ""

    def call(
        self,
        route: str,
        body: Any = None,
        key: str | None = None,
        merchant: str = MERCHANT,
        **parameters: Any,
    ) -> dict[str, Any]:
        event = call(route, body, key=key, headers=AGENT, merchant=merchant, client=CLIENT, **parameters)
        event["requestContext"]["requestId"] = "8e5f5b0c-5d0d-4f3f-9d3a-0a6f6f0f7b11"
        self.recorder.reset()
        self.processor.calls.clear()
        routes, world = next(each for each in self.worlds if route in each[0])
        return serve(event, routes, lambda: world)

    def pay(self, key: str, **fields: Any) -> dict[str, Any]:
        body = {"amount": 4999, "currency": "USD", "payment_method": {"token": self.token}, **fields}
        return self.call("POST /v1/payments", body, key)


@pytest.fixture
def functions(aws: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Functions]:
    forget()
    kms, secrets, dynamodb = (boto3.client(name) for name in ("kms", "secretsmanager", "dynamodb"))
    create_table(
        "payments",
        {
            "listing": ("listing", "position"),
            "due": ("due_shard", "due"),
            "by_reference": ("ref", "position"),
        },
        numbers={"due"},
    )
    create_table("audits", {"by_merchant": ("trail", "position"), "by_resource": ("subject", "position")})
    create_table("vault")
    create_table("events")
    create_table("clients")
    wrapping = kms.create_key()["KeyMetadata"]["Arn"]
    cursor = kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]["Arn"]
    card_keys = secrets.create_secret(Name="card-keys", SecretString=card_key().secret())["ARN"]
    host = {"api_url": "https://api.example/v1", "identity_url": "https://id.example", "secret": "s"}
    for name, value in {
        "PAYMENTS_TABLE": "payments",
        "VAULT_TABLE": "vault",
        "CLIENTS_TABLE": "clients",
        "AUDITS_TABLE": "audits",
        "EVENTS_TABLE": "events",
        "CARD_KEYS_SECRET": card_keys,
        "CURSOR_KEY": cursor,
        "OPERATIONS_QUEUE_URL": "https://queue.example/operations.fifo",
        "FOLLOW_UP": json.dumps(
            {"first_seconds": 10, "longest_seconds": 3600, "not_found_seconds": 7200, "watch_seconds": 604800}
        ),
        "PROCESSOR_ACCOUNTS": json.dumps({"main": host}),
    }.items():
        monkeypatch.setenv(name, value)
    one = merchant(MERCHANT)
    ClientsTable(dynamodb, "clients").put_merchant(one)
    wrapped = kms.generate_data_key_without_plaintext(
        KeyId=wrapping, KeySpec="AES_256", EncryptionContext={"merchant": one.id}
    )
    create_merchant_key(dynamodb, "vault", one.id, wrapped["CiphertextBlob"])
    yield composed(Recorder(dynamodb))
    forget()


def forget() -> None:
    """A function that starts anew has no clients yet."""
    for made_once in (aws_clients.client, shared.clients_table, shared.merchants, shared.audit_trail):
        made_once.cache_clear()


def composed(recorder: Recorder) -> Functions:
    processor = FakeProcessor()
    for product in ("dynamodb", "kms", "secretsmanager", "sqs"):
        recorder.attach(aws_clients.client(product).meta.events)
    pay = payments_function.world.__wrapped__()
    refund = refunds_function.world.__wrapped__()
    vaulted = tokens.World(vaults.vault_of_tokens(), pay.cards.card_keys, pay.trail, pay.clock, pay.ids)
    worlds = [
        (tokens.ROUTES, vaulted),
        (payments.ROUTES, replace(pay, money=replace(pay.money, processor=processor))),
        (refunds.ROUTES, replace(refund, money=replace(refund.money, processor=processor))),
    ]
    functions = Functions(recorder, processor, worlds)
    made = functions.call("POST /v1/tokens", {"encrypted_card": encrypt_card(card_key().jwk, MERCHANT)}, "t")
    functions.token = body_of(made)["id"]
    functions.pay("warm-up")
    return functions


def status(answer: dict[str, Any]) -> int:
    return answer["statusCode"]


def test_a_payment_by_token_takes_three_calls_and_five_write_units(functions: Functions) -> None:
    assert status(functions.pay("k1")) == 201
    spent = functions.recorder
    assert spent.calls == [
        "dynamodb:GetItem vault",
        "dynamodb:PutItem payments",
        "dynamodb:UpdateItem payments",
    ]
    assert spent.units == {"payments": 5}  # item twice, listing entry, due entry in and out
    assert spent.largest["payments"] <= ITEM_LIMIT
    assert functions.processor.calls == ["authorize"]


def test_a_reference_takes_one_write_unit_more(functions: Functions) -> None:
    assert status(functions.pay("k1", reference="order-10042")) == 201
    spent = functions.recorder
    assert len(spent.calls) == 3
    assert spent.units == {"payments": 6}
    assert spent.largest["payments"] <= ITEM_LIMIT


def test_a_replay_takes_its_record_and_no_processor(functions: Functions) -> None:
    first = functions.pay("k1")
    again = functions.pay("k1")
    assert body_of(again) == body_of(first)
    assert functions.recorder.calls == [
        "dynamodb:GetItem vault",
        "dynamodb:PutItem payments",
        "dynamodb:PutItem audits",
    ]
    assert functions.recorder.units["audits"] == 3
    assert functions.processor.calls == []


@pytest.mark.parametrize(
    ("route", "fields", "sent"),
    [
        ("POST /v1/payments/{id}/captures", {"capture_method": "manual"}, ["capture"]),
        ("POST /v1/payments/{id}/void", {"capture_method": "manual"}, ["reverse"]),
        ("POST /v1/payments/{id}/refunds", {}, ["look", "reverse"]),  # its batch is open
    ],
)
def test_a_capture_void_or_refund_takes_one_read_and_two_writes(
    functions: Functions, route: str, fields: dict[str, str], sent: list[str]
) -> None:
    paid = body_of(functions.pay("k1", **fields))["id"]
    assert status(functions.call(route, {}, "k2", id=paid)) == 201
    spent = functions.recorder
    assert spent.calls == [
        "dynamodb:GetItem payments",
        "dynamodb:UpdateItem payments",
        "dynamodb:UpdateItem payments",
    ]
    assert spent.units == {"payments": 4}  # item twice, due entry in and out
    assert spent.largest["payments"] <= ITEM_LIMIT
    assert functions.processor.calls == sent


def test_a_read_takes_one_read_and_its_record(functions: Functions) -> None:
    paid = body_of(functions.pay("k1"))["id"]
    assert status(functions.call("GET /v1/payments/{id}", id=paid)) == 200
    assert functions.recorder.calls == ["dynamodb:GetItem payments", "dynamodb:PutItem audits"]
    assert functions.recorder.units == {"audits": 3}


def test_the_first_page_of_a_quiet_merchant_takes_at_most_twenty_calls(functions: Functions) -> None:
    """However old: 16 shards, five years without a payment."""
    long_ago = NOW - 5 * 366 * 86_400_000
    quiet = replace(merchant("mer_quiet"), created_at=long_ago, shards=(("2020-01", 16),))
    ClientsTable(boto3.client("dynamodb"), "clients").put_merchant(quiet)
    listed = functions.call("GET /v1/payments", merchant=quiet.id)
    assert (body_of(listed)["data"], body_of(listed)["has_more"]) == ([], False)
    assert len(functions.recorder.calls) <= 20


def test_a_payment_with_an_encrypted_card_marks_it_used_and_needs_no_key_service(
    functions: Functions,
) -> None:
    jwe = encrypt_card(card_key().jwk, MERCHANT)
    assert status(functions.pay("k1", payment_method={"encrypted_card": jwe})) == 201
    assert functions.recorder.calls == [
        "dynamodb:GetItem payments",
        "dynamodb:PutItem vault",
        "dynamodb:PutItem payments",
        "dynamodb:UpdateItem payments",
    ]
    assert functions.recorder.largest["payments"] <= ITEM_LIMIT
