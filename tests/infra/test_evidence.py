"""What the evidence says of our own program."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from engine.analyzer import Level, Policy, Violation
from ops.controls import controls
from ops.evidence import Contents, Results, gathered
from ops.iam import evidence as calls
from ops.options import ROOT
from ops.policies import Checked, Finding
from tests.infra.graphs import Graphs

KEPT = ROOT / "docs" / "iam-calls.json"
PAGE = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
CONFIGURATION = {"table-encrypted": {"exceptions": [{"resource": "*", "owner": "someone"}]}}


def policy(name: str, level: Level = Level.MANDATORY) -> Policy:
    return Policy(name, "It is right.", level, "high", "pci-dss 4.0.1", "3.5.1, 3.6.1", "Do.", "", ("t",))


POLICIES = {
    each.name: each
    for each in (
        policy("fine"),
        policy("off", Level.DISABLED),
        policy("advice", Level.ADVISORY),
        policy("violated"),
        policy("not-run"),
    )
}
FOUND = [
    Violation("violated", Level.MANDATORY, "urn", "it is wrong"),
    Violation("not-run", Level.MANDATORY, "", "it isn't known", skipped=True),
    Violation("advice", Level.ADVISORY, "urn", "it could be better"),
]


@pytest.fixture(scope="module")
def contents(graphs: Graphs) -> Contents:
    checked = Checked("prod", 3, POLICIES, [Finding(POLICIES[each.policy], each) for each in FOUND])
    return gathered(graphs("prod"), controls(), Results(checked, CONFIGURATION), calls.load(KEPT))


def names(value: Any) -> Iterator[str]:
    """Every key of a JSON value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from names(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from names(inner)


def test_it_has_the_whole_matrix(contents: Contents) -> None:
    said = contents.files["controls.json"]["requirements"]
    matrix = controls()
    assert [each["number"] for each in said] == [each.requirement.number for each in matrix]
    assert [(each["policies"], each["config_rules"]) for each in said] == [
        (each.policies, each.rules) for each in matrix
    ]


def test_every_policy_has_its_result_and_nothing_wrong_is_hidden(contents: Contents) -> None:
    said = contents.files["policies.json"]
    results = {each["name"]: each["result"] for each in said["policies"]}
    assert results == {
        "fine": "passed",
        "off": "off",
        "advice": "advised",
        "violated": "failed",
        "not-run": "failed",
    }
    assert said["failed"]
    assert contents.failed == ["Policy violated: it is wrong.", "Policy not-run: it isn't known."]
    (finding,) = (each for policy in said["policies"] for each in policy["findings"] if each["not_run"])
    assert finding["resource"] is None


def test_exceptions_from_policies_are_shown(contents: Contents) -> None:
    assert contents.files["policies.json"]["configuration"] == CONFIGURATION


def test_it_has_every_resource_of_aws(contents: Contents, graphs: Graphs) -> None:
    expected = {urn for urn, node in graphs("prod").nodes.items() if node.type.startswith("aws:")}
    said = contents.files["resources.json"]["resources"]
    assert {each["urn"] for each in said} == expected
    assert len(said) == len(expected)


def test_it_has_every_grant_with_its_use(contents: Contents) -> None:
    said = contents.files["privilege.json"]
    assert said["unexplained"] == said["insufficient"] == []
    assert all(each["calls"] or each["used_by_aws"] for each in said["grants"])


def test_a_call_without_a_grant_is_told(graphs: Graphs) -> None:
    stray = calls.Use("audits", "dynamodb:Scan", "table/vault", ())
    green = Results(Checked("prod", 0, {}, []), {})
    told = gathered(graphs("prod"), controls(), green, {**calls.load(KEPT), stray: 1})
    assert told.failed == ["Nothing allows it: audits: dynamodb:Scan on table/vault."]


def test_it_is_the_same_each_time_and_names_no_account(contents: Contents, graphs: Graphs) -> None:
    checked = Checked("prod", 3, POLICIES, [Finding(POLICIES[each.policy], each) for each in FOUND])
    again = gathered(graphs("prod"), controls(), Results(checked, CONFIGURATION), calls.load(KEPT))
    assert json.dumps(again.files) == json.dumps(contents.files)
    assert re.search(r"\b\d{12}\b", json.dumps(contents.files)) is None


def test_the_page_describes_every_file_and_name(contents: Contents) -> None:
    described = set(re.findall(r"`([^`\n]+)`", PAGE))
    files = {**contents.files, "policies.json": {**contents.files["policies.json"], "configuration": {}}}
    rules = {key for each in files["privilege.json"]["refused"] for key in names(each["context"])}
    assert files.keys() <= described
    assert set(names(json.loads(json.dumps(files)))) - rules <= described
