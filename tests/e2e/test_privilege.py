"""After everything: what the functions asked of AWS is what their roles allow, no less and no more."""

from collections import Counter
from pathlib import Path

import pytest

from local.aws_calls import FILE_NAME, AwsCall, read_calls
from local.cloud import Cloud
from ops.commands.iam import EVIDENCE
from ops.graph import stack_graph
from ops.iam import comparison, evidence
from ops.iam.evidence import Use
from ops.iam.grants import Grant, grants
from ops.iam.names import Names

HERE = Path(__file__).parent
AGAIN = (
    "record them anew with `.venv/bin/pytest tests/e2e --keep-calls` and "
    "`make docs`, and say in the commit why"
)


@pytest.fixture(scope="module")
def calls(request: pytest.FixtureRequest, cloud: Cloud, state_dir: Path) -> Counter[AwsCall]:
    """Of this whole run, of which nothing was left out."""
    collected = {item.path for item in request.session.items}
    chosen = request.config.getoption("keyword") or request.config.getoption("markexpr")
    # A part of the tests uses a part of the grants: what it doesn't use would be called unused.
    if chosen or not collected.issuperset(HERE.glob("test_*.py")):
        pytest.skip("only the calls of all end-to-end tests together say something")
    cloud.stop()
    return read_calls(state_dir / "emulator" / FILE_NAME)


@pytest.fixture(scope="module")
def recorded(calls: Counter[AwsCall], state_dir: Path) -> Counter[Use]:
    return evidence.uses(calls, "local", Names.of_laptop(state_dir))


@pytest.fixture(scope="module")
def granted() -> list[Grant]:
    return grants(stack_graph("local"))


def test_no_call_of_a_function_was_refused(calls: Counter[AwsCall]) -> None:
    assert [call for call in calls if not call.allowed] == []


def test_every_call_is_one_that_a_grant_allows(recorded: Counter[Use], granted: list[Grant]) -> None:
    assert comparison.insufficient(granted, recorded) == []


def test_every_grant_is_used_by_the_function_or_by_aws(recorded: Counter[Use], granted: list[Grant]) -> None:
    measured = comparison.measure(granted, recorded)
    assert comparison.unexplained(measured) == []
    assert comparison.explained_twice(measured) == []


def test_the_calls_are_those_that_were_kept(recorded: Counter[Use], pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--keep-calls", default=False):
        evidence.save(EVIDENCE, recorded)
    new, gone = comparison.drift(evidence.load(EVIDENCE), recorded)
    assert (new, gone) == ([], []), AGAIN
