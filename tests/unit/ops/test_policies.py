"""What a check of policies reports, and the policies' pages."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.console import Console
from typer.testing import CliRunner

from engine.analyzer import Level, Policy, Violation
from onboarding.failure import Failure
from ops.command import app
from ops.options import ROOT
from ops.policies import Checked, Finding
from ops.policies.checking import configuration
from ops.policies.junit import junit
from ops.policies.pages import pages
from ops.policies.people import listing, summary, table
from ops.policies.sarif import sarif
from tests.stacks import BOOTSTRAP, PROJECT

TABLE = "urn:pulumi:prod::shop::shop:data:Data$aws:dynamodb/table:Table::payments"
ENCRYPTED = Policy(
    name="table-encrypted",
    description="Every table is encrypted.",
    level=Level.MANDATORY,
    severity="high",
    framework="pci-dss 4.0.1",
    requirements="3.5.1, 3.6.1",
    remediation="Set a key.",
    url="https://example.com/keys",
    tags=("encryption",),
)
SIGNED = replace(ENCRYPTED, name="code-signed", level=Level.ADVISORY, severity="low", requirements="")
OFF = replace(ENCRYPTED, name="no-fronts", level=Level.DISABLED)
POLICIES = {each.name: each for each in (ENCRYPTED, SIGNED, OFF)}


def _checked(*violations: Violation) -> Checked:
    findings = [Finding(POLICIES[each.policy], each) for each in violations]
    return Checked("prod", 500, POLICIES, findings)


UNENCRYPTED = Violation("table-encrypted", Level.MANDATORY, TABLE, "it is [not] encrypted")
UNSIGNED = Violation("code-signed", Level.ADVISORY, "", "nothing is signed")
UNKNOWN = Violation("table-encrypted", Level.MANDATORY, TABLE, "can't run policy", skipped=True)
RED = _checked(UNENCRYPTED, UNSIGNED)
GREEN = _checked()


@pytest.mark.parametrize(
    ("checked", "failed"),
    [(GREEN, False), (_checked(UNSIGNED), False), (RED, True), (_checked(UNKNOWN), True)],
    ids=["nothing", "advice", "violation", "not run"],
)
def test_it_fails_by_a_mandatory_policy_that_is_violated_or_couldnt_be_run(
    checked: Checked, failed: bool
) -> None:
    assert checked.failed is failed


def _shown(item: Any) -> str:
    console = Console(width=160)
    with console.capture() as captured:
        console.print(item)
    return captured.get()


def test_the_table_says_what_is_wrong_where_and_what_to_do() -> None:
    shown = _shown(table(RED))
    for words in (
        "high",
        "table-encrypted",
        "Table payments",
        "it is [not] encrypted",
        "Set a key.",
        "the stack",
    ):
        assert words in shown
    assert "not run" in _shown(table(_checked(UNKNOWN)))


def test_the_summary_counts() -> None:
    assert summary(RED) == "prod: 500 resources, 3 policies: 1 mandatory violations, 1 pieces of advice."
    assert summary(GREEN) == "prod: 500 resources, 3 policies: nothing to say."


def test_the_listing_shows_each_policy_with_its_level() -> None:
    shown = _shown(listing(list(POLICIES.values())))
    for policy in POLICIES.values():
        assert policy.name in shown
        assert policy.level in shown


def test_sarif_has_a_rule_for_each_policy_and_a_result_for_each_finding() -> None:
    report = json.loads(sarif(RED))
    assert report["version"] == "2.1.0"
    (run,) = report["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(POLICIES)
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == ["error", "warning", "none"]
    assert rules[0]["helpUri"] == "https://example.com/keys"
    assert rules[0]["properties"]["tags"] == ["security", "encryption", "PCI DSS 3.5.1", "PCI DSS 3.6.1"]
    first, second = run["results"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("table-encrypted", 0, "error")
    assert (second["ruleId"], second["ruleIndex"], second["level"]) == ("code-signed", 1, "warning")
    assert first["message"]["text"] == "Table payments: it is [not] encrypted. Set a key."
    (place,) = first["locations"]
    assert place["physicalLocation"]["artifactLocation"] == {"uri": "Pulumi.prod.yaml"}
    assert place["logicalLocations"][0]["fullyQualifiedName"] == TABLE


def test_sarif_keeps_to_what_the_standard_requires() -> None:
    report = json.loads(sarif(RED))
    assert report.keys() == {"$schema", "version", "runs"}
    for run in report["runs"]:
        assert run["tool"]["driver"]["name"]
        assert run["columnKind"] in {"utf16CodeUnits", "unicodeCodePoints"}
        rules = run["tool"]["driver"]["rules"]
        assert len({rule["id"] for rule in rules}) == len(rules)
        for rule in rules:
            assert rule["shortDescription"]["text"]
            assert rule["help"]["text"]
            assert 0 <= float(rule["properties"]["security-severity"]) <= 10
        for result in run["results"]:
            assert result["level"] in {"none", "note", "warning", "error"}
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            assert result["message"]["text"]
            for place in result["locations"]:
                assert not place["physicalLocation"]["artifactLocation"]["uri"].startswith("/")
                assert place["physicalLocation"]["region"]["startLine"] >= 1


def test_a_finding_has_the_same_fingerprint_in_each_run_and_another_has_another() -> None:
    first, second = json.loads(sarif(RED))["runs"][0]["results"]
    identity = f"table-encrypted\n{TABLE}\nit is [not] encrypted"
    assert first["partialFingerprints"] == {"violation/v1": hashlib.sha256(identity.encode()).hexdigest()}
    assert first["partialFingerprints"] != second["partialFingerprints"]


def test_junit_has_a_case_for_each_policy() -> None:
    root = ElementTree.fromstring(junit(RED))
    (suite,) = root
    assert suite.attrib == {
        "name": "policies.prod",
        "tests": "3",
        "failures": "1",
        "errors": "0",
        "skipped": "1",
    }
    cases = {case.attrib["name"]: case for case in suite}
    failure = cases["table-encrypted"].find("failure")
    assert failure is not None
    assert failure.text == f"{TABLE}: it is [not] encrypted\nSet a key."
    assert cases["code-signed"].find("failure") is None
    assert cases["code-signed"].findtext("system-out") == "the stack: nothing is signed\nSet a key."
    assert cases["no-fronts"].find("skipped") is not None


def test_the_committed_pages_are_those_of_the_pack() -> None:
    folder = ROOT / "docs" / "policies"
    committed = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    assert committed == pages(), "run `tollgate policy docs`"


def test_the_pages_are_written_and_those_of_former_policies_taken_away(tmp_path: Path) -> None:
    (tmp_path / "former.md").write_text("gone")
    result = CliRunner().invoke(app, ["policy", "docs", "--out", str(tmp_path)])
    assert result.exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == pages().keys()


def test_our_own_stages_have_a_configuration_each_and_other_programs_one_in_common() -> None:
    assert "rest-method-has-authorizer" in configuration("prod", PROJECT, None)
    assert "role-has-boundary" in configuration("prod", BOOTSTRAP, None)


def test_a_stage_without_a_configuration_is_told_which_file_is_missing() -> None:
    with pytest.raises(Failure, match=r"policies/config/nowhere\.json doesn't exist"):
        configuration("nowhere", PROJECT, None)


def test_programs_outside_of_the_house_leave_out_what_holds_for_it_alone(tmp_path: Path) -> None:
    assert configuration("prod", tmp_path, None)["tollgate-has-one-front"] == "disabled"


@pytest.mark.parametrize(("content", "reason"), [(None, "can't be read"), ("{", "isn't JSON")])
def test_a_configuration_that_cant_be_read_is_named(tmp_path: Path, content: str | None, reason: str) -> None:
    path = tmp_path / "mine.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(Failure, match=reason):
        configuration("prod", PROJECT, path)
