"""Which resources name which."""

import pytest

from policies.pack.aws import FUNCTION, QUEUE
from policies.pack.stack import Stack, names, value_at, values_at
from tests.policies.resources import UNKNOWN, resource

ARN = "arn:aws:lambda:eu-west-1:1:function:f"


@pytest.mark.parametrize("value", [ARN, f"{ARN}:live", "f", [ARN, "other"], {"to": ARN}])
def test_a_resource_is_named_by_its_arn_a_part_of_it_or_its_name(value: object) -> None:
    path = "at.to" if isinstance(value, dict) else "at"
    assert names(resource(QUEUE, at=value), path, resource(FUNCTION, arn=ARN, name="f"))


@pytest.mark.parametrize("value", [f"{ARN}oo", "ff", "", None, 3])
def test_what_only_begins_alike_names_nothing(value: object) -> None:
    assert not names(resource(QUEUE, at=value), "at", resource(FUNCTION, arn=ARN, name="f"))


def test_what_isnt_known_names_what_it_was_made_from() -> None:
    made, other = resource(FUNCTION, arn=UNKNOWN), resource(FUNCTION, "other", arn=UNKNOWN)
    source = resource(QUEUE, at={"to": UNKNOWN}, depends={"at": [made]})
    assert Stack([made, other, source]).named(source, "at.to", FUNCTION) == [made]


def test_a_path_goes_through_lists() -> None:
    props = resource(QUEUE, rules=[{"key": "a"}, {"key": "b"}]).props
    assert list(values_at(props, "rules.key")) == ["a", "b"]
    assert value_at(props, "rules.1.key") == "b"
    assert value_at(props, "rules.2.key") is None
    assert value_at(props, "rules.key") is None
