"""An `up` that is killed half-way is taken up again, and leaves nothing that nobody knows of."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from ops.recovery import Pending, pending, plan
from tests.engine.cloud import Cloud, Hold
from tests.engine.conftest import NewStack
from tests.engine.stacks import Stack
from tests.integration.local.project import write_project

pytestmark = [pytest.mark.toolchain("go"), pytest.mark.xdist_group("engine")]

TABLE, QUEUE, KEY = "aws:dynamodb/table:Table", "aws:sqs/queue:Queue", "aws:kms/key:Key"
QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy"
SECONDS = 120
PROGRAM = """
for name in ("wrapping", "signing"):
    key = aws.kms.Key(name, description=name, opts=options)
    aws.kms.Alias(name, name=f"alias/{name}", target_key_id=key.key_id, opts=options)
table = aws.dynamodb.Table("payments", name="payments", hash_key="id",
                           attributes=[{"name": "id", "type": "S"}], opts=options)
queue = aws.sqs.Queue("operations", name="operations", opts=options)
aws.sqs.QueuePolicy("operations", queue_url=queue.url, policy=table.arn, opts=options)
"""


@dataclass(frozen=True)
class CloudAccount:
    """Finds in the account in memory as AWS's calls would: by name, and keys by their description."""

    cloud: Cloud

    def candidates(self, pending: Pending) -> list[str]:
        return [
            identifier
            for (kind, identifier), found in self.cloud.resources.items()
            if kind == pending.type
            and identifier not in pending.known
            and all(found.inputs.get(each) == pending.inputs.get(each) for each in ("name", "description"))
        ]


@pytest.mark.parametrize("made", [True, False], ids=["made", "not made"])
@pytest.mark.parametrize("held", [{TABLE, QUEUE, KEY}, {KEY}, {QUEUE_POLICY}], ids=len)
def test_a_killed_deployment_is_taken_up_again(
    new_stack: NewStack, tmp_path: Path, held: set[str], made: bool
) -> None:
    settings: dict[str, object] = {"small:account_id": "111111111111", "small:region": "eu-west-1"}
    stack = new_stack(str(write_project(tmp_path, PROGRAM, settings)), "local")
    kill_amid(stack, Hold(frozenset(held), made))
    begun = pending(stack.exported())
    assert {each.type for each in begun} >= held

    found = plan(begun, CloudAccount(stack.cloud))
    assert not found.unclear
    stack.run("cancel", "--yes").check_returncode()
    stack.run("stack", "import", given=json.dumps(found.taken_in(stack.exported()))).check_returncode()
    taken_up = stack.refresh()
    assert taken_up.code == 0, taken_up.output
    again = stack.up()

    assert again.code == 0, again.output
    resources = stack.cloud.resources.values()
    known = {(each["type"], each["id"]) for each in stack.state()["resources"] if each.get("id")}
    assert {(each.type, each.id) for each in resources} <= known
    assert len({each.urn for each in resources}) == len(resources) == 7


def kill_amid(stack: Stack, hold: Hold) -> None:
    """Starts an `up` and kills the CLI while creations of all these types hang."""
    stack.cloud.hold = hold
    with stack.started("up", "--yes", "--skip-preview") as process:
        assert hold.everything.wait(SECONDS)
        process.kill()
        process.wait()
    stack.cloud.hold = None
    hold.released.set()
