"""A stage on moto: the resources that the Pulumi program would have made, by the same names."""

from collections.abc import Callable, Iterator
from typing import Protocol

import boto3
import pytest
from botocore.client import BaseClient
from moto import mock_aws

from ops.onboarding import Stage, add_merchant
from tollgate.domain.merchant import Merchant


class Crash(BaseException):
    """The process dies: nothing may catch it."""


@pytest.fixture
def stage() -> Iterator[Stage]:
    session = boto3.Session("testing", "testing", region_name="eu-west-1")
    with mock_aws():
        stage = Stage("dev", "eu-west-1", session)
        for noun in ("clients", "vault"):
            stage.dynamodb.create_table(
                TableName=f"tollgate-dev-{noun}",
                KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
                AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
                BillingMode="PAY_PER_REQUEST",
            )
        key = stage.kms.create_key()["KeyMetadata"]["KeyId"]
        stage.kms.create_alias(AliasName="alias/tollgate-dev-wrapping", TargetKeyId=key)
        for noun in ("card-keys", "processor-payroc-uat"):
            stage.secretsmanager.create_secret(Name=f"tollgate-dev-{noun}")
        stage.apigateway.create_usage_plan(name="tollgate-dev-standard")
        yield stage


@pytest.fixture
def merchant(stage: Stage) -> Merchant:
    return add_merchant(
        stage,
        name="Acme",
        account="payroc-uat",
        terminal="1001",
        currencies=["USD", "EUR"],
        multiple_captures=True,
    )


class CrashAt(Protocol):
    """`recover = crash_at(client, "PutItem")`: from now on that operation's calls never leave the process,
    but for the `after` next ones."""

    def __call__(self, client: BaseClient, operation: str, after: int = 0) -> Callable[[], None]: ...


@pytest.fixture
def crash_at() -> CrashAt:
    def arrange(client: BaseClient, operation: str, after: int = 0) -> Callable[[], None]:
        left = iter(range(after))

        def crash(**_: object) -> None:
            if next(left, None) is None:
                raise Crash

        event = f"provide-client-params.{client.meta.service_model.service_id.hyphenize()}.{operation}"
        client.meta.events.register(event, crash)
        return lambda: client.meta.events.unregister(event, crash)

    return arrange
