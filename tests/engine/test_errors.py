"""A program that can't be deployed fails on our engine as on Pulumi's."""

from pathlib import Path

import pytest

from engine import DeploymentError, up
from tests.engine.conftest import NewStack
from tests.integration.local.project import write_project

pytestmark = [pytest.mark.toolchain("go"), pytest.mark.xdist_group("engine")]

# What is wrong, the program, and the words that both engines must have for it.
MISTAKES = {
    "the program refuses": ('raise pulumi.RunError("the zone is missing")\n', "the zone is missing"),
    "two of one name": (
        'for _ in range(2):\n    aws.sqs.Queue("orders", name="orders", opts=options)\n',
        "duplicate resource urn",
    ),
    "no provider": (
        'aws.sqs.Queue("orders", name="orders")\n',
        "default provider",
    ),
    "an argument is missing": ('aws.sqs.QueuePolicy("orders", queue_url="q", opts=options)\n', "policy"),
}


@pytest.mark.parametrize(("program", "words"), MISTAKES.values(), ids=MISTAKES)
def test_both_engines_refuse_it(new_stack: NewStack, tmp_path: Path, program: str, words: str) -> None:
    root = write_project(tmp_path, program, {"small:account_id": "111111111111", "small:region": "eu-west-1"})
    planned = new_stack(str(root), "local").preview()
    assert planned.code != 0
    assert words in planned.output.lower()
    with pytest.raises(DeploymentError) as refused:
        up(root, "local")
    assert words in str(refused.value).lower()
