"""What is known of every type of resource that a program of ours makes."""

import re
from collections.abc import Iterator

import pytest

from engine import Graph, Node, up
from ops.recovery.lookup import LOOKUPS, Lookup, Tagged
from ops.recovery.repeatable import REPEATABLE
from tests.bootstrap.conftest import bootstrapped
from tests.engine.replacement import REPLACING
from tests.infra.graphs import STACKS, Graphs
from tests.stacks import PROJECT

OTHERS = ("bootstrap", "security", "security/delegation")
ALWAYS = {"account", "host", "found"}
TAGS = {"application", "stage"}  # of every resource, by the provider


@pytest.fixture(params=[*STACKS, *OTHERS])
def made(request: pytest.FixtureRequest, graphs: Graphs) -> list[Node]:
    """The AWS resources of each program."""
    return [node for node in program(request.param, graphs).nodes.values() if node.type.startswith("aws:")]


def program(name: str, graphs: Graphs) -> Graph:
    if name in STACKS:
        return graphs(name)
    if name == "bootstrap":
        return bootstrapped("prod")
    return up(PROJECT / name, "management" if "delegation" in name else "security", preview=False)


def test_what_replaces_it_is_known(made: list[Node]) -> None:
    assert {node.type for node in made} <= REPLACING.keys()


def test_it_can_be_found_after_a_deployment_died_or_be_made_again(made: list[Node]) -> None:
    assert {node.type for node in made} <= LOOKUPS.keys() | REPEATABLE
    assert not LOOKUPS.keys() & REPEATABLE


def test_what_it_is_found_by_is_among_its_arguments(made: list[Node]) -> None:
    assert not [(node.type, node.name, lost) for node in made if (lost := set(_needs(node)) - _given(node))]


def _given(node: Node) -> set[str]:
    return node.inputs.keys() | ALWAYS | TAGS | set(node.inputs.get("tags") or {})


def _needs(node: Node) -> Iterator[str]:
    lookup = LOOKUPS.get(node.type)
    if isinstance(lookup, Tagged):
        yield from lookup.tags
    if isinstance(lookup, Lookup):
        yield from re.findall(r"\{(\w+)\}", f"{lookup.parameters}{lookup.found}{lookup.id}")
