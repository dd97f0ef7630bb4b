"""What `tollgate` commands call in the caller's name: run on moto, and written down.

A function can't run there, so that a command which asks one ends with that call; it makes none after it.
"""

import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from onboarding import Stage
from onboarding.failure import Failure
from ops.iam.real_arns import RealArns
from tests.contract.tables import create_table
from tests.examples import NOW, merchant, operation, payment
from tests.runbook.calls import Call, of_operation
from tests.unit.ops.conftest import Tollgate
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import Approved, Unknown

Recorded = Mapping[str, set[Call]]
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "sts:AssumeRole",
            "Principal": {"Service": "lambda.amazonaws.com"},
        },
    }
)
LONG_AGO = 1_700_000_000_000


class Recorder:
    """Writes down every call while a command runs."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: dict[str, set[Call]] = defaultdict(set)
        self.command: str | None = None
        made = BaseClient._make_api_call

        def make(client: BaseClient, operation: str, params: dict[str, Any]) -> Any:
            name = client.meta.service_model.service_name
            # Everybody may ask who he is.
            if self.command is not None and name != "sts":
                self.calls[self.command].update(of_operation(name, operation, params))
            return made(client, operation, params)

        monkeypatch.setattr(BaseClient, "_make_api_call", make)


def record_all(tollgate: Tollgate, monkeypatch: pytest.MonkeyPatch) -> Recorded:
    recorder = Recorder(monkeypatch)

    def run(command: str, *arguments: str, typed: str | None = None) -> str:
        recorder.command = command
        result = tollgate(*command.split(), *arguments, typed=typed)
        recorder.command = None
        return result.stdout

    _furnish()
    run("merchant list")
    options = ("--name", "Acme", "--account", "simulator", "--terminal", "1001", "--currency", "USD")
    merchant_id = run("merchant add", *options).strip()
    added = run("client add", merchant_id, "--scope", "payments:read", "--plan", "standard")
    client_id = dict(line.split() for line in added.splitlines())["client_id"]
    run("client list", merchant_id)
    run("client rotate", client_id)
    run("client rotate", client_id, "--drop-old")
    run("client revoke", client_id)
    first = run("keys rotate-card").split()[0]
    run("keys rotate-card")
    run("keys rotate-card", "--retire", first)
    run("processor set-credentials", "simulator", typed="key\n")
    run("payments show", "pay_one")
    run("reconcile")
    run("operations list")
    run("operations show", "pay_one")
    run("operations resolve", "pay_one", "--no-effect", "--evidence", "ticket 1", "--as", "ann")
    run("operations resolve", "pay_one", "--approve", "--as", "bob")
    run("redrive")
    run("redrive", "--count", "1")
    run("rollback")
    run("rollback", "--run")
    run("rollback", "--lift")
    for asking_the_api in ("demo", "smoke"):
        recorder.command = asking_the_api
        with suppress(Failure):
            _ = Stage("prod", "eu-west-1", boto3.Session(region_name="eu-west-1")).api_url
    recorder.calls["fields check"] = set()  # as a browser, without credentials
    recorder.command = "iam simulate"
    _ask_for_arns(recorder)
    return recorder.calls


def _ask_for_arns(recorder: Recorder) -> None:
    """Of `iam simulate` what it asks of the account: the rest is the program's graph."""
    arns = RealArns(Stage("prod", "eu-west-1", boto3.Session(region_name="eu-west-1")))
    role = "arn:aws:iam::333333333333:role/tollgate-prod-payments"
    asked = of_operation("iam", "SimulatePrincipalPolicy", {"PolicySourceArn": role})
    recorder.calls["iam simulate"].update(asked)
    for name in ("key/vault", "secret/card-keys", "secret/processor-payroc", "table/payments/stream"):
        with suppress(ClientError, KeyError):
            arns.of(name, "")


def _furnish() -> None:
    """A payment with a refund in doubt, queues with a message that was given up on, and two releases."""
    dynamodb, sqs = boto3.client("dynamodb"), boto3.client("sqs")
    dynamodb.delete_table(TableName="tollgate-local-payments")
    indexes = {"due": ("due_shard", "due"), "listing": ("listing", "position")}
    create_table("tollgate-local-payments", indexes, numbers=["due"], dynamodb=dynamodb)
    table = PaymentsTable(dynamodb, "tollgate-local-payments")
    paid = replace(payment().settled(Approved("P1", 10_000), NOW), version=1)
    table.add(paid, merchant())
    refunding = paid.begun(operation(Kind.REFUND, "ref_1", 4_000))
    table.save(refunding)
    table.save(refunding.unsettled(Unknown("the books show other changes"), LONG_AGO, LONG_AGO))
    fifo = {"FifoQueue": "true", "ContentBasedDeduplication": "true"}
    for noun in ("operations.fifo", "operations-dead.fifo"):
        url = sqs.create_queue(QueueName=f"tollgate-local-{noun}", Attributes=fifo)["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody='{"payment_id": "pay_one"}', MessageGroupId="pay_one")
    _release_twice(boto3.client("lambda"))


def _release_twice(functions: Any) -> None:
    role = boto3.client("iam").create_role(RoleName="any", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    name = "tollgate-local-payments"
    functions.create_function(
        FunctionName=name,
        Runtime="python3.13",
        Handler="functions.handler",
        Role=role,
        Code={"ZipFile": _package("first")},
        Publish=True,
    )
    functions.create_alias(FunctionName=name, Name="live", FunctionVersion="1")
    version = functions.update_function_code(FunctionName=name, ZipFile=_package("second"), Publish=True)
    functions.update_alias(FunctionName=name, Name="live", FunctionVersion=version["Version"])


def _package(content: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(zipfile.ZipInfo("functions.py"), content)
    return written.getvalue()
