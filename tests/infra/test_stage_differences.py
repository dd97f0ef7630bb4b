"""dev is prod but for what the stack files say."""

from collections.abc import Mapping
from fnmatch import fnmatchcase

from tests.infra import stage_differences
from tests.infra.declared_differences import INPUTS, RESOURCES
from tests.infra.graphs import Graphs

Declared = Mapping[str, tuple[tuple[str, str], ...]]
Found = set[tuple[str, str]]


def undeclared(found: Found, declared: Declared) -> Found:
    return {each for each in found if not any(fits(each, *way) for ways in declared.values() for way in ways)}


def unfounded(found: Found, declared: Declared) -> list[tuple[str, tuple[str, str]]]:
    """Ways that are declared and don't exist."""
    return [
        (setting, way)
        for setting, ways in declared.items()
        for way in ways
        if not any(fits(each, *way) for each in found)
    ]


def fits(found: tuple[str, str], kind: str, name: str) -> bool:
    return fnmatchcase(found[0], kind) and fnmatchcase(found[1], name)


def test_dev_and_prod_have_the_same_resources_but_for_declared_ones(graphs: Graphs) -> None:
    dev, prod = graphs("dev"), graphs("prod")
    found = stage_differences.only_in(dev, prod) | stage_differences.only_in(prod, dev)
    assert undeclared(found, RESOURCES) == set()
    assert unfounded(found, RESOURCES) == []


def test_what_both_have_is_the_same_but_for_declared_inputs(graphs: Graphs) -> None:
    found = stage_differences.changed(graphs("dev"), graphs("prod"))
    assert undeclared(found, INPUTS) == set()
    assert unfounded(found, INPUTS) == []


def test_a_control_that_only_one_stage_has_is_found(graphs: Graphs) -> None:
    dev, prod = graphs("dev"), graphs("prod")
    function = dev.one("aws:lambda/function:Function", "payments")
    tracing = function.inputs.pop("tracingConfig")
    try:
        found = stage_differences.changed(dev, prod)
    finally:
        function.inputs["tracingConfig"] = tracing
    assert undeclared(found, INPUTS) == {("aws:lambda/function:Function", "tracingConfig")}
