"""A stage on moto: the resources that the Pulumi program would have made, by the same names."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from botocore.client import BaseClient
from typer.testing import CliRunner, Result

from onboarding import Stage, add_merchant
from ops.command import app
from tollgate.domain.merchant import Merchant


class Crash(BaseException):
    """The process dies: nothing may catch it."""


@pytest.fixture(scope="session")
def description() -> dict[str, str | None]:
    """Of `local.json`, what addresses a stage; without an endpoint, moto answers."""
    return {
        "region": "eu-west-1",
        "aws_endpoint_url": None,
        "aws_access_key_id": "testing",
        "aws_secret_access_key": "testing",
    }


@pytest.fixture(scope="session")
def address(description: dict[str, str | None]) -> Stage:
    """The stage without its resources: its clients take a while to make, and hold no state."""
    return Stage.local(description)


@pytest.fixture
def stage(aws: None, address: Stage) -> Stage:
    stage = address
    for noun in ("clients", "vault", "payments"):
        stage.dynamodb.create_table(
            TableName=f"tollgate-local-{noun}",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
    key = stage.kms.create_key()["KeyMetadata"]["KeyId"]
    stage.kms.create_alias(AliasName="alias/tollgate-local-wrapping", TargetKeyId=key)
    for noun in ("card-keys", "processor-simulator"):
        stage.secretsmanager.create_secret(Name=f"tollgate-local-{noun}")
    stage.apigateway.create_usage_plan(name="tollgate-local-standard")
    return stage


@pytest.fixture
def merchant(stage: Stage) -> Merchant:
    return add_merchant(
        stage,
        name="Acme",
        account="simulator",
        terminal="1001",
        currencies=["USD", "EUR"],
        multiple_captures=True,
    )


class Tollgate:
    """Runs the command against the state directory."""

    def __init__(self, state_dir: Path) -> None:
        self._env = {"TOLLGATE_STATE_DIR": str(state_dir), "COLUMNS": "200"}

    def __call__(self, *arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(app, arguments, input=typed, env=self._env)


@pytest.fixture
def tollgate(stage: Stage, description: dict[str, Any], tmp_path: Path) -> Tollgate:
    (tmp_path / "local.json").write_text(json.dumps(description))
    return Tollgate(tmp_path)


class CrashAt(Protocol):
    """`recover = crash_at(client, "PutItem")`: from now on that operation's calls never leave the process,
    but for the `after` next ones."""

    def __call__(self, client: BaseClient, operation: str, after: int = 0) -> Callable[[], None]: ...


@pytest.fixture
def crash_at() -> Iterator[CrashAt]:
    arranged: list[Callable[[], None]] = []

    def arrange(client: BaseClient, operation: str, after: int = 0) -> Callable[[], None]:
        left = iter(range(after))

        def crash(**_: object) -> None:
            if next(left, None) is None:
                raise Crash

        event = f"provide-client-params.{client.meta.service_model.service_id.hyphenize()}.{operation}"
        client.meta.events.register(event, crash)
        arranged.append(lambda: client.meta.events.unregister(event, crash))
        return arranged[-1]

    yield arrange
    for recover in arranged:
        recover()
