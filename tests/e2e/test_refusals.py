"""What no function may do, asked of the running laptop cloud in each function's name."""

from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from infra.access import FUNCTIONS
from local.cloud import Cloud
from onboarding import Stage
from ops.iam.names import Names
from ops.iam.refusals import refusals
from tests.e2e.attempts import InTheNameOf, take

ALLOWED = {
    "deliverer": ("dynamodb:GetItem", "table/webhooks"),
    "publisher": ("dynamodb:GetItem", "table/events"),
    "sweeper": ("sqs:SendMessage", "queue/operations"),
    "worker": ("dynamodb:GetItem", "table/payments"),
}
"""A call that isn't refused, to see that refusals have to do with the call; most may read a client."""


@pytest.fixture(scope="module")
def names(cloud: Cloud, state_dir: Path) -> Names:
    return Names.of_laptop(state_dir)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_nobody_but_lambda_may_take_a_functions_role(stage: Stage, names: Names, function: str) -> None:
    with pytest.raises(ClientError, match="AccessDenied"):
        take(stage, names.arn(f"role/{function}"))


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_is_refused_what_is_not_its_business(stage: Stage, names: Names, function: str) -> None:
    somebody = InTheNameOf(stage, names.arn(f"role/{function}"))
    mine = [each for each in refusals(names) if each.function == function]
    assert len(mine) > 100
    assert [
        each for each in mine if not somebody.refused(each.action, names.arn(each.name), each.context)
    ] == []


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_is_not_refused_everything(stage: Stage, names: Names, function: str) -> None:
    action, name = ALLOWED.get(function, ("dynamodb:GetItem", "table/clients"))
    somebody = InTheNameOf(stage, names.arn(f"role/{function}"))
    assert not somebody.refused(action, names.arn(name), {})
