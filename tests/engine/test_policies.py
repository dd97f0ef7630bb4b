"""The policy pack as the CLI runs it: what violates a policy isn't planned, and isn't made."""

from pathlib import Path

import pytest

from tests.engine.conftest import NewStack
from tests.engine.stacks import policy_pack
from tests.integration.local.project import write_project

pytestmark = [pytest.mark.toolchain("go"), pytest.mark.xdist_group("engine")]

PROGRAM = 'aws.sqs.Queue("orders", name="orders", opts=options)\n'


def test_a_queue_without_a_key_is_refused(new_stack: NewStack, tmp_path: Path) -> None:
    root = write_project(tmp_path, PROGRAM, {"small:account_id": "111111111111", "small:region": "eu-west-1"})
    stack = new_stack(str(root), "local")
    for refused in (stack.preview(*policy_pack("dev")), stack.up(*policy_pack("dev"))):
        assert refused.code != 0
        assert any(said.startswith("queue-uses-customer-key") for said in refused.policies("mandatory"))
    assert not stack.cloud.resources
