"""An `up` that is killed half-way is taken up again, and leaves nothing that nobody knows of."""

from pathlib import Path
from typing import Any

import boto3
import pytest

from ops.commands.recover import take_up
from ops.recovery import AwsAccount, pending
from ops.recovery.state import PulumiStack
from tests.engine.cloud import Cloud, Existing, Hold
from tests.engine.conftest import NewStack
from tests.engine.stacks import Stack
from tests.integration.local.project import write_project

pytestmark = [pytest.mark.toolchain("go"), pytest.mark.xdist_group("engine")]

TABLE, QUEUE, KEY = "aws:dynamodb/table:Table", "aws:sqs/queue:Queue", "aws:kms/key:Key"
ALIAS, QUEUE_POLICY = "aws:kms/alias:Alias", "aws:sqs/queuePolicy:QueuePolicy"
ACCOUNT, REGION, STAGE = "111111111111", "eu-west-1", "dev"
SECONDS = 300
PROGRAM = """
for name in ("wrapping", "signing"):
    key = aws.kms.Key(name, description=name, opts=options)
    aws.kms.Alias(name, name=f"alias/{name}", target_key_id=key.key_id, opts=options)
table = aws.dynamodb.Table("payments", name="payments", hash_key="id",
                           attributes=[{"name": "id", "type": "S"}], opts=options)
queue = aws.sqs.Queue("operations", name="operations", opts=options)
aws.sqs.QueuePolicy("operations", queue_url=queue.url, policy=table.arn, opts=options)
"""


@pytest.fixture
def session(aws: None) -> boto3.Session:
    """A session in the program's account, as moto has it."""
    role = {"RoleArn": f"arn:aws:iam::{ACCOUNT}:role/deploy", "RoleSessionName": "deploy"}
    given = boto3.client("sts", region_name=REGION).assume_role(**role)["Credentials"]
    return boto3.Session(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"], REGION)


@pytest.fixture
def account(session: boto3.Session) -> type[Cloud]:
    """An account in memory whose tables, queues, keys and aliases are made by AWS's API, too."""

    class AwsCloud(Cloud):
        def _resource(self, urn: str, kind: str, name: str, inputs: Any) -> Existing:
            made = super()._resource(urn, kind, name, inputs)
            identifier = make(session, kind, inputs) or made.id
            named = {"id": identifier, **({"keyId": identifier} if kind == KEY else {})}
            return Existing(urn, kind, identifier, inputs, {**made.outputs, **named})

    return AwsCloud


def make(session: boto3.Session, kind: str, inputs: Any) -> str | None:
    """Makes it, and returns its id as the provider has it."""
    match kind:
        case "aws:dynamodb/table:Table":
            keys = [{"AttributeName": inputs["hashKey"], "KeyType": "HASH"}]
            types = [{"AttributeName": inputs["hashKey"], "AttributeType": "S"}]
            session.client("dynamodb").create_table(
                TableName=inputs["name"], KeySchema=keys, AttributeDefinitions=types,
                BillingMode="PAY_PER_REQUEST",
            )  # fmt: skip
            return inputs["name"]
        case "aws:sqs/queue:Queue":
            return session.client("sqs").create_queue(QueueName=inputs["name"])["QueueUrl"]
        case "aws:kms/key:Key":
            tags = {"application": "tollgate", "stage": STAGE}  # the provider's default tags
            listed = [{"TagKey": key, "TagValue": value} for key, value in tags.items()]
            made = session.client("kms").create_key(Description=inputs["description"], Tags=listed)
            return made["KeyMetadata"]["KeyId"]
        case "aws:kms/alias:Alias":
            session.client("kms").create_alias(AliasName=inputs["name"], TargetKeyId=inputs["targetKeyId"])
            return inputs["name"]
    return None


@pytest.mark.parametrize("made", [True, False], ids=["made", "not made"])
@pytest.mark.parametrize(
    "held",
    [{TABLE, QUEUE, KEY}, {KEY}, {ALIAS}, {QUEUE_POLICY}],
    ids=["a table, a queue and a key", "a key", "an alias", "a queue's policy"],
)
def test_a_killed_deployment_is_taken_up_again(
    new_stack: NewStack,
    session: boto3.Session,
    account: type[Cloud],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    held: set[str],
    made: bool,
) -> None:
    settings: dict[str, object] = {"small:account_id": ACCOUNT, "small:region": REGION}
    stack = new_stack(str(write_project(tmp_path, PROGRAM, settings)), "local", account)
    kill_amid(stack, Hold(frozenset(held), made))
    assert {each.type for each in pending(stack.exported())} >= held

    for name, value in stack.environment().items():
        monkeypatch.setenv(name, value)
    there = AwsAccount(session, ACCOUNT, STAGE)
    take_up(PulumiStack(stack.name, stack.folder), there, run=False)
    assert {each.type for each in pending(stack.exported())} >= held
    take_up(PulumiStack(stack.name, stack.folder), there, run=True)
    again = stack.up()

    assert again.code == 0, again.output
    resources = stack.cloud.resources.values()
    known = {(each["type"], each["id"]) for each in stack.state()["resources"] if each.get("id")}
    assert {(each.type, each.id) for each in resources} <= known
    assert len({each.urn for each in resources}) == len(resources) == 7
    assert len(session.client("kms").list_keys()["Keys"]) == 2
    assert stack.preview("--refresh").changing() == []


def kill_amid(stack: Stack, hold: Hold) -> None:
    """Starts an `up` and kills the CLI while creations of all these types hang."""
    stack.cloud.hold = hold
    with stack.started("up", "--yes", "--skip-preview") as process:
        assert hold.everything.wait(SECONDS)
        process.kill()
        process.wait()
    stack.cloud.hold = None
    hold.released.set()
