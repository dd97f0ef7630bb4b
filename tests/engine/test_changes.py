"""What a change means for what is there already: nothing, an update in place, or another in its stead."""

import pytest

from tests.engine.conftest import NewStack
from tests.engine.stacks import Stack
from tests.integration.local.project import write_project

pytestmark = [pytest.mark.toolchain("go"), pytest.mark.xdist_group("engine")]

PROGRAM = """
aws.dynamodb.Table("payments", name=config.require("name"), hash_key="id",
                   attributes=[{"name": "id", "type": "S"}],
                   read_capacity=config.require_int("reads"), write_capacity=1, opts=options)
key = aws.kms.Key("signing", description=config.require("description"),
                  key_usage=config.require("usage"), opts=options)
aws.kms.Alias("current", name="alias/signing", target_key_id=key.key_id, opts=options)
"""
SETTINGS: dict[str, object] = {
    "small:account_id": "111111111111",
    "small:region": "eu-west-1",
    "small:name": "payments",
    "small:reads": 1,
    "small:description": "signs",
    "small:usage": "SIGN_VERIFY",
}


@pytest.fixture(scope="module")
def stack(new_stack: NewStack, tmp_path_factory: pytest.TempPathFactory) -> Stack:
    """A table and a key that are there."""
    root = write_project(tmp_path_factory.mktemp("small"), PROGRAM, SETTINGS)
    stack = new_stack(str(root), "local")
    deployed = stack.up()
    assert deployed.code == 0, deployed.output
    return stack


def planned(stack: Stack, **changed: object) -> dict[tuple[str, str], tuple[str, ...]]:
    """By what is done and to which resource: the inputs for which it is replaced."""
    run = stack.preview(changed={f"small:{name}": value for name, value in changed.items()})
    assert run.code == 0, run.output
    changing = [step for step in run.steps() if step.op != "same"]
    return {(step.op, step.name): step.keys for step in changing}


def test_a_renamed_table_is_another_table(stack: Stack) -> None:
    """The new one is made before the old one goes: their names differ."""
    plan = planned(stack, name="orders")
    assert list(plan) == [
        ("create-replacement", "payments"),
        ("replace", "payments"),
        ("delete-replaced", "payments"),
    ]
    assert plan["replace", "payments"] == ("name",)


def test_a_key_of_another_use_is_another_key_and_its_alias_moves(stack: Stack) -> None:
    plan = planned(stack, usage="ENCRYPT_DECRYPT")
    assert plan["replace", "signing"] == ("keyUsage",)
    assert ("update", "current") in plan


def test_what_can_be_changed_in_place_is_updated(stack: Stack) -> None:
    """Neither hangs on the other, so the engine may take them in either order."""
    plan = planned(stack, reads=2, description="signs tokens")
    assert set(plan) == {("update", "payments"), ("update", "signing")}
