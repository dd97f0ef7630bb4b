"""The table of calls: its form, and how it is read."""

import pytest

from bootstrap.calls import arns
from bootstrap.calls.table import CALLS
from infra.stage import Stage

STAGE = Stage("dev", "222222222222", "eu-west-1")


@pytest.mark.parametrize(
    ("template", "pattern", "actual"),
    [
        ("{name:NAMED*}", "arn:aws:sqs:eu-west-1:222222222222:tollgate-dev-*", "tollgate-dev-x"),
        ("{url/:NAMED*}", "arn:aws:sqs:eu-west-1:222222222222:tollgate-dev-*", "tollgate-dev-y"),
        ("{list.0.name:*}", "arn:aws:sqs:eu-west-1:222222222222:*", "first"),
    ],
)
def test_a_resource_is_an_arn_and_a_pattern(template: str, pattern: str, actual: str) -> None:
    values = {"name": "tollgate-dev-x", "url": "https://sqs/1/tollgate-dev-y", "list": [{"name": "first"}]}
    assert arns.patterns(template, "sqs", STAGE) == [pattern]
    assert arns.actual(template, "sqs", STAGE, values) == f"arn:aws:sqs:eu-west-1:222222222222:{actual}"


def test_alternatives_are_patterns_of_their_own() -> None:
    template = "arn:aws:iam::{account}:role/{name:NAMED*|other}"
    assert arns.patterns(template, "iam", STAGE) == [
        "arn:aws:iam::222222222222:role/tollgate-dev-*",
        "arn:aws:iam::222222222222:role/other",
    ]


@pytest.mark.parametrize(("values", "region"), [({}, "eu-west-1"), ({"region": "us-east-1"}, "us-east-1")])
def test_a_resource_may_be_in_another_region(values: dict[str, str], region: str) -> None:
    template = "arn:aws:events:{region:*}:{account}:rule/x"
    assert arns.patterns(template, "events", STAGE) == ["arn:aws:events:*:222222222222:rule/x"]
    assert arns.actual(template, "events", STAGE, values) == f"arn:aws:events:{region}:222222222222:rule/x"


def test_a_value_that_a_resource_lacks_is_an_error() -> None:
    with pytest.raises(KeyError, match="name"):
        arns.actual("{name:*}", "sqs", STAGE, {})


def test_every_type_can_be_made_and_read() -> None:
    for kind, several in CALLS.items():
        made = [action for each in several for action in each.of("create")]
        read = [action for each in several for action in each.of("read")]
        assert made, kind
        assert read, kind
