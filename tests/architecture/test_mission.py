"""Whether the page that maps the mission to the platform says what is there."""

import ast
import re

import pytest

from ops.verification import CHECKS
from tests.architecture.imports import ROOT

MISSION = (
    "Pulumi programs provision, per environment and account, a separate VPC, KMS keys, GuardDuty, AWS "
    "Config rules, a WAF-protected API Gateway and least-privilege IAM, and deploy shared runtime "
    "Lambdas for payments, refunds and audits: JWT authorizer with KMS-signed tokens, card decryption "
    "with a private key from Secrets Manager, KMS tokenization, a processor (Payroc) over HTTPS, "
    "transactions and audit trails in DynamoDB, idempotency keys, SQS FIFO ordering, throttling, logs "
    "and backups to CloudWatch and S3, alarms, autoscaling."
)
PAGE = (ROOT / "docs" / "mission.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| Mission")
]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def defined_in(path: str) -> set[str]:
    """The functions at a file's top level."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def components_of(path: str) -> set[str]:
    """The component resources that a file declares."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef) and any("ComponentResource" in ast.unparse(b) for b in node.bases)
    }


def test_every_clause_of_the_mission_has_its_row() -> None:
    assert " ".join(row[0] for row in ROWS) == MISSION


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_clause_names_files_and_tests_that_exist(row: list[str]) -> None:
    _, _, files, tests, _ = row
    assert quoted(files)
    assert quoted(tests)
    missing = [path for path in quoted(files) if not (ROOT / path).is_file()]
    for reference in quoted(tests):
        path, _, name = reference.partition("::")
        if not (ROOT / path).is_file() or name not in defined_in(path):
            missing.append(reference)
    assert missing == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_clauses_components_are_declared_in_the_program(row: list[str]) -> None:
    declared = {
        name for path in (ROOT / "infra").rglob("*.py") for name in components_of(str(path.relative_to(ROOT)))
    }
    named = set(re.findall(r"\b[A-Z][A-Za-z]+\b", row[1]))
    assert named <= declared


def test_a_name_that_does_not_exist_would_be_found() -> None:
    assert "test_every_clause_of_the_mission_has_its_row" in defined_in("tests/architecture/test_mission.py")
    assert "test_that_nobody_wrote" not in defined_in("tests/architecture/test_mission.py")
    assert components_of("infra/keys.py") == {"Keys"}


@pytest.mark.parametrize("page", ["mission.md", "assurance.md"])
def test_a_topic_of_verify_exists(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    named = {
        topic
        for listed in re.findall(r"`tollgate verify` \(([a-z, ]+)\)", text)
        for topic in listed.split(", ")
    }
    assert named
    assert named <= {check.topic for check in CHECKS}
