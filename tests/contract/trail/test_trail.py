"""The audit trail: the table and the tests' stand-in alike."""

import json
from dataclasses import replace

import pytest
from botocore.exceptions import ClientError

from tests.contract.tables import create_table
from tests.emitted import values
from tests.examples import EXCHANGE, NOW, merchant
from tests.fakes.merchants import FakeMerchants
from tests.fakes.trail import FakeTrail
from tollgate.adapters.audits_table import AuditsTable
from tollgate.adapters.items import row_of
from tollgate.adapters.trail import AuditTrail
from tollgate.domain.audit import Action, Audit, AuditOutcome, Resource, audit_object
from tollgate.domain.listing import partitions
from tollgate.ports import Trail

SHOWN = ("action", "actor", "holds")
INDEXES = {"by_merchant": ("trail", "position"), "by_resource": ("subject", "position")}
AUDIT = Audit(
    id="aud_one",
    merchant_id="mer_one",
    at=NOW,
    exchange=EXCHANGE,
    action=Action.TOKEN_READ,
    resource=Resource("token", "tok_one"),
    outcome=AuditOutcome.SUCCESS,
    status=200,
    ids=("tok_one",),
    sha256="ab" * 32,
)


@pytest.fixture
def table(aws: None) -> AuditTrail:
    return AuditTrail(create_table("audits", INDEXES, shows=SHOWN), "audits", FakeMerchants(merchant()))


@pytest.fixture(params=["fake", "table"])
def trail(request: pytest.FixtureRequest, table: AuditTrail) -> Trail:
    return FakeTrail() if request.param == "fake" else table


def test_recording_twice_changes_nothing(trail: Trail) -> None:
    trail.record(AUDIT)
    trail.record(replace(AUDIT, status=500))
    if isinstance(trail, FakeTrail):
        assert trail.audits == [AUDIT]
    elif isinstance(trail, AuditTrail):
        assert stored(trail, "aud_one")["record"] == json.dumps(
            audit_object(AUDIT), sort_keys=True, separators=(",", ":")
        )


def test_a_record_that_is_not_taken_fails_and_is_counted(
    table: AuditTrail, capsys: pytest.CaptureFixture[str]
) -> None:
    closed = AuditTrail(table._dynamodb, "elsewhere", FakeMerchants(merchant()))
    table.record(AUDIT)
    table.record(AUDIT)
    assert values(capsys, "AuditFailures") == {}
    with pytest.raises(ClientError):
        closed.record(AUDIT)
    assert values(capsys, "AuditFailures") == {(): 1}


def test_readers_find_it_by_merchant_and_by_resource(table: AuditTrail) -> None:
    table.record(AUDIT)
    readers = AuditsTable(table._dynamodb, "audits")
    below, above = f"{NOW + 1:013d}", f"{NOW:013d}"
    (partition,) = partitions(merchant())
    (found,) = readers.newest(partition, below, above, 10)
    assert (found.id, found.shown["action"], found.shown["actor"]) == ("aud_one", "token.read", "cli_one")
    assert [each.id for each in readers.newest_about("mer_one#tok_one", below, above, 10)] == ["aud_one"]
    assert readers.find("mer_one", "aud_one") == audit_object(AUDIT)
    assert readers.find("mer_two", "aud_one") is None


@pytest.mark.parametrize("id", [None, "", "x" * 5000])
def test_what_is_no_id_is_not_listed_as_a_resource(id: str | None, table: AuditTrail) -> None:
    """DynamoDB refuses index keys that are empty or over 2 KiB: the record must not be lost for that."""
    table.record(replace(AUDIT, resource=Resource("payment", id)))
    assert "subject" not in stored(table, "aud_one")


def test_what_belongs_to_nobody_is_not_recorded(table: AuditTrail) -> None:
    with pytest.raises(LookupError, match="mer_two"):
        table.record(replace(AUDIT, merchant_id="mer_two"))


def stored(trail: AuditTrail, id: str) -> dict[str, object]:
    return row_of(trail._dynamodb.get_item(TableName="audits", Key={"id": {"S": id}})["Item"])
