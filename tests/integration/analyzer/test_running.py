"""The analyzer's client against small packs: what it asks, how it ends, what it says of mistakes."""

import os
import textwrap
from pathlib import Path

import pytest

from engine import Graph, Node
from engine.analyzer import InvalidPolicyConfigError, Level, PackFailedError, running
from engine.analyzer.process import started

PACK = """
from pulumi_policy import *

def validate(args, report):
    if args.resource_type == "aws:sqs/queue:Queue" and args.props["delay"] > args.get_config()["most"]:
        report("it waits too long")

def all_of_it(args, report):
    for each in args.resources:
        if each.props.get("delay") == 666:
            raise ValueError("a bug in the policy")
        for other in each.property_dependencies.get("target", []):
            report(f"it depends on {other.name}", each.urn)

PolicyPack("small", [
    ResourceValidationPolicy(
        "queue-waits", "Queues don't wait.", validate, EnforcementLevel.MANDATORY,
        PolicyConfigSchema({"most": {"type": "integer", "default": 5}}),
    ),
    StackValidationPolicy("depends", "Nothing depends.", all_of_it),
])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return _pack(tmp_path, PACK)


def _pack(folder: Path, program: str) -> Path:
    (folder / "PulumiPolicy.yaml").write_text("runtime: python\n")
    (folder / "__main__.py").write_text(textwrap.dedent(program))
    return folder


def _graph(*queues: Node) -> Graph:
    return Graph("shop", "dev", False, {each.urn: each for each in queues})


def _queue(name: str, delay: object, **dependencies: tuple[str, ...]) -> Node:
    urn = f"urn:pulumi:dev::shop::aws:sqs/queue:Queue::{name}"
    return Node(
        urn,
        "aws:sqs/queue:Queue",
        name,
        custom=True,
        parent="",
        provider="",
        inputs={"delay": delay},
        property_dependencies=dependencies,
    )


def test_a_violation_names_policy_level_and_resource(folder: Path) -> None:
    slow = _queue("slow", 9)
    with running(folder, project="shop", stack="dev") as pack:
        (violation,) = pack.check(_graph(_queue("fast", 1), slow))
    assert (violation.policy, violation.level, violation.resource) == (
        "queue-waits",
        Level.MANDATORY,
        slow.urn,
    )
    assert violation.message == "it waits too long"
    assert not violation.skipped


def test_a_stack_policy_sees_what_depends_on_what(folder: Path) -> None:
    first = _queue("first", 1)
    second = _queue("second", 1, target=(first.urn,))
    with running(folder, project="shop", stack="dev") as pack:
        (violation,) = pack.check(_graph(first, second))
    assert (violation.level, violation.resource) == (Level.ADVISORY, second.urn)
    assert violation.message == "it depends on first"


def test_a_policy_that_meets_an_unknown_value_is_skipped_at_its_own_level(folder: Path) -> None:
    unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    queue = _queue("later", unknown)
    with running(folder, project="shop", stack="dev", preview=True) as pack:
        skipped = [each for each in pack.check(_graph(queue)) if each.policy == "queue-waits"]
    assert [(each.skipped, each.level, each.resource) for each in skipped] == [
        (True, Level.MANDATORY, queue.urn)
    ]


def test_configuration_changes_thresholds_and_levels(folder: Path) -> None:
    config = {"all": "advisory", "depends": {"enforcementLevel": "disabled"}, "queue-waits": {"most": 10}}
    with running(folder, project="shop", stack="dev", config=config) as pack:
        assert pack.check(_graph(_queue("slow", 9))) == []
        (violation,) = pack.check(_graph(_queue("slower", 11)))
        assert violation.level is Level.ADVISORY
        assert pack.policies["depends"].level is Level.DISABLED


@pytest.mark.parametrize(
    ("config", "reason"),
    [
        ({"queue-wait": {}}, "the pack has no policy queue-wait"),
        ({"queue-waits": {"most": "many"}}, "queue-waits: $.most 'many' is not of type 'integer'"),
        ({"queue-waits": {"mots": 3}}, "queue-waits: $ Additional properties are not allowed"),
        ({"queue-waits": "mandatroy"}, "queue-waits: there is no level 'mandatroy'"),
        ({"all": {"most": 3}}, "all: only a level is for all policies, not most"),
    ],
)
def test_a_wrong_configuration_is_named(folder: Path, config: dict[str, object], reason: str) -> None:
    with (
        pytest.raises(InvalidPolicyConfigError) as error,
        running(folder, project="shop", stack="dev", config=config),
    ):
        pass
    assert str(error.value).startswith(reason)


def test_a_policy_that_fails_is_named_with_what_it_failed_on(folder: Path) -> None:
    with running(folder, project="shop", stack="dev") as pack, pytest.raises(PackFailedError) as error:
        pack.check(_graph(_queue("odd", 666)))
    assert "the stack as a whole" in str(error.value) or "a bug in the policy" in str(error.value)


def test_a_policy_that_fails_on_a_resource_is_named_with_it(folder: Path) -> None:
    queue = _queue("wordy", "soon")
    with (
        running(folder, project="shop", stack="dev") as pack,
        pytest.raises(PackFailedError, match=queue.name),
    ):
        pack.check(_graph(queue))


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("raise RuntimeError('no')", "its own words are above"),
        ("print('hello', flush=True); import time; time.sleep(60)", "it said 'hello'"),
    ],
)
def test_a_pack_that_doesnt_start_is_said_to(tmp_path: Path, program: str, reason: str) -> None:
    with (
        pytest.raises(PackFailedError, match=reason),
        running(_pack(tmp_path, program), project="shop", stack="dev"),
    ):
        pass


def test_a_pack_that_says_nothing_is_given_up(tmp_path: Path) -> None:
    with (
        pytest.raises(PackFailedError, match="didn't start within"),
        started(_pack(tmp_path, "import time; time.sleep(600)"), "shop", "dev", False, timeout=0.1),
    ):
        pass


@pytest.mark.parametrize("failing", [False, True])
def test_the_process_ends_with_the_context_whatever_happens(tmp_path: Path, failing: bool) -> None:
    recording = "import os, pathlib; pathlib.Path('pid').write_text(str(os.getpid()))\n"
    _pack(tmp_path, recording + PACK)
    try:
        with running(tmp_path, project="shop", stack="dev"):
            assert _alive(tmp_path)
            if failing:
                raise KeyError("whatever")
    except KeyError:
        pass
    assert not _alive(tmp_path)


def test_a_pack_that_prints_much_doesnt_stop(tmp_path: Path) -> None:
    chatty = PACK.replace("def validate(args, report):", "def validate(args, report):\n    print('x' * 4096)")
    with running(_pack(tmp_path, chatty), project="shop", stack="dev") as pack:
        assert pack.check(_graph(*(_queue(f"queue-{number}", 1) for number in range(64)))) == []


def _alive(folder: Path) -> bool:
    try:
        os.kill(int((folder / "pid").read_text()), 0)
    except ProcessLookupError:
        return False
    return True
