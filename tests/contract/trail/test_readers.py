"""The trail, read record by record: as one row of several tells it, and as the tests' stand-in does."""

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.contract.tables import create_table
from tests.contract.trail.test_trail import AUDIT, INDEXES, SHOWN, stored
from tests.examples import DECLINE, EXCHANGE, NOW, merchant, operation, payment
from tests.fakes.audits import FakeAudits
from tests.fakes.merchants import FakeMerchants
from tests.fakes.trail import FakeTrail
from tollgate.adapters.audit_rows import SPAN
from tollgate.adapters.audits_table import AuditsTable
from tollgate.adapters.trail import AuditTrail
from tollgate.domain.audit import Audit
from tollgate.domain.history import card_uses, history
from tollgate.domain.listing import position
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import Approved, Declined, Unknown
from tollgate.domain.payment import ByToken, Payment
from tollgate.operations.list_audits import AuditFilter, list_audits
from tollgate.operations.record_history import record_history

MERCHANT = merchant()
TOKEN = "tok_aaaaaaaaaaaaaaaaaaaa"
LATER = NOW + 60_000
EVERYTHING = AuditFilter(None, None, None, None, None)


class Trail:
    """A trail and its readers, and the stand-in that was told the same."""

    def __init__(self) -> None:
        dynamodb = create_table("audits", INDEXES, shows=SHOWN)
        merchants = FakeMerchants(MERCHANT)
        self.written, self.readers = (
            AuditTrail(dynamodb, "audits", merchants),
            AuditsTable(dynamodb, "audits"),
        )
        self.fake = FakeTrail()
        self.told = FakeAudits(self.fake, merchants)

    def changes(self, *states: Payment | None) -> None:
        for before, after in pairwise((None, *states)):
            record_history(before, after, self.written)
            record_history(before, after, self.fake)

    def rows(self) -> list[str]:
        items = self.written._dynamodb.scan(TableName="audits")["Items"]
        return sorted(item["id"]["S"] for item in items)

    def listed(self, limit: int, wanted: AuditFilter, audits: AuditsTable | FakeAudits) -> list[str]:
        found, start = [], None
        while True:
            page = list_audits(MERCHANT, wanted, start, limit, LATER, audits)
            found += [each["id"] for each in page.objects]
            if page.next_key is None:
                return found
            start = page.next_key


@pytest.fixture
def trail(aws: None) -> Trail:
    return Trail()


def paid(number: int, started: int, took: int) -> tuple[Payment, Payment]:
    """A payment by token, as it is begun and as it is when its answer is there."""
    new = replace(payment(id=f"pay_{number:02d}aaaaaaaaaaaaaaaaaa"), method=ByToken(TOKEN))
    (first,) = new.operations
    begun = replace(first, id=new.id, started_at=started)
    new = replace(new, created_at=started, operations=(begun,))
    outcome = Declined(DECLINE) if number % 3 == 0 else Approved(f"M{number}", 10_000)
    return new, new.settled(outcome, started + took)


def test_what_a_payment_leaves_is_one_row(trail: Trail) -> None:
    begun, captured = paid(1, NOW, 300)
    trail.changes(begun, captured)
    (row,) = trail.rows()
    assert row == history(captured)[0].id
    assert "payment.captured" in str(stored(trail.written, row)["holds"])


def test_each_record_of_a_row_is_found_by_its_id(trail: Trail) -> None:
    begun, captured = paid(1, NOW, 300)
    refunding = captured.begun(operation(Kind.REFUND, "ref_aaaaaaaaaaaaaaaaaaaa", 5))
    refunded = refunding.settled(Approved("R1", 5), NOW + 900)
    trail.changes(begun, captured, refunding, refunded)
    assert len(trail.rows()) == 2
    assert len(trail.fake.recorded) == 5
    for id in trail.fake.recorded:
        assert trail.readers.find("mer_one", id) == trail.told.find("mer_one", id)
        assert trail.readers.find("mer_two", id) is None
    assert trail.readers.find("mer_one", history(refunded)[-1].id[:-1] + "7") is None


def test_delivered_again_it_changes_nothing(trail: Trail) -> None:
    states = paid(1, NOW, 300)
    trail.changes(*states)
    rows = trail.rows()
    trail.changes(*states)
    assert trail.rows() == rows


def test_what_a_row_in_the_way_lacks_is_put_beside_it(trail: Trail) -> None:
    """As if a release had put less into it."""
    begun, captured = paid(1, NOW, 300)
    (use,), chain = card_uses(begun, captured), history(captured)
    trail.written.record(chain[0])
    trail.fake.record(chain[0])
    trail.changes(begun, captured)
    for each in (use, *chain):
        assert trail.readers.find("mer_one", each.id) == trail.told.find("mer_one", each.id)
    assert trail.listed(10, EVERYTHING, trail.readers) == [chain[1].id, chain[0].id, use.id]


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
@pytest.mark.parametrize(
    "wanted",
    [
        EVERYTHING,
        replace(EVERYTHING, resource=TOKEN),
        replace(EVERYTHING, resource="pay_04aaaaaaaaaaaaaaaaaa"),
        replace(EVERYTHING, action="payment.declined"),
        replace(EVERYTHING, at_from=NOW + 150, at_to=NOW + 2_500),
    ],
)
def test_pages_have_every_record_once_and_the_newest_first(
    trail: Trail, wanted: AuditFilter, limit: int
) -> None:
    """Rows reach over one another, some are too long for one, and some records stand alone."""
    for number, (started, took) in enumerate(
        [(0, 400), (100, 2_000), (200, 10), (200, 10), (300, SPAN + 1), (900, SPAN), (2_400, 300)]
    ):
        trail.changes(*paid(number, NOW + started, took))
    for number, at in enumerate((150, 250, 3_000)):
        alone = replace(AUDIT, id=f"aud_read{number}", at=NOW + at)
        trail.written.record(alone)
        trail.fake.record(alone)
    expected = trail.listed(limit, wanted, trail.told)
    assert expected
    assert trail.listed(limit, wanted, trail.readers) == expected
    times = {each.id: position(each.at, each.id) for each in trail.fake.audits}
    assert expected == sorted(expected, key=times.__getitem__, reverse=True)


def test_what_another_one_did_has_a_row_of_its_own(trail: Trail) -> None:
    begun, _ = paid(1, NOW, 300)
    unknown = begun.unsettled(Unknown("timeout"), NOW + 100, NOW + 200)
    by = replace(EXCHANGE, actor_id="follow-up", request_id="look-1")
    trail.changes(begun, unknown, unknown.settled(Approved("M1", 10_000), NOW + 500, by))
    assert len(trail.rows()) == 2
    assert trail.listed(10, EVERYTHING, trail.readers) == trail.listed(10, EVERYTHING, trail.told)


def test_a_row_may_be_as_long_as_its_two_units(trail: Trail) -> None:
    """A user agent as long as it is kept, an address of version 6."""
    begun, _ = paid(1, NOW, 300)
    long = replace(
        EXCHANGE, user_agent="a" * 200, ip="2001:db8:85a3:8d3:1319:8a2e:370:7348", request_id="r" * 36
    )
    begun = replace(begun, operations=(replace(begun.latest, exchange=long),))
    trail.changes(begun, begun.settled(Approved("M1", 10_000), NOW + 300))
    (row,) = trail.rows()
    assert size(stored(trail.written, row)) <= 2_048


def size(row: dict[str, object]) -> int:
    return sum(len(name) + len(str(value)) for name, value in row.items())


def test_records_that_are_no_payments_stay_alone(trail: Trail) -> None:
    records: list[Audit] = [replace(AUDIT, id=f"aud_{number}") for number in range(3)]
    trail.written.record(*records)
    assert len(trail.rows()) == 3
