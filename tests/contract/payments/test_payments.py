"""What the operations rely on, of the fake and of the table alike."""

from dataclasses import replace

from tests.contract.payments.conftest import ONE, stored
from tests.examples import NOW, operation, payment
from tests.fakes.payments import FakePayments
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.domain.listing import Due, due_shard, partitions, reference_partitions
from tollgate.domain.operation import Claim, Kind
from tollgate.domain.outcome import Approved, Unknown
from tollgate.domain.payment import ByCard, Payment
from tollgate.domain.token import CardIdentity
from tollgate.ports import Payments, Taken

APPROVED = Approved("M1", 10_000)


def test_what_was_added_is_found_by_its_merchant_only(payments: Payments) -> None:
    one = stored(payments, payment())
    assert payments.find("mer_one", one.id) == one
    assert payments.find("mer_two", one.id) is None
    assert payments.find("mer_one", "pay_none") is None


def test_everything_about_a_payment_survives_storage(payments: Payments) -> None:
    by_card = ByCard(CardIdentity(1, b"\x00mac"), b"\x01digest")
    terms = replace(payment().terms, amount=999_999_999_999, currency="BHD", metadata={"k": "v"})
    full = replace(payment(), method=by_card, terms=terms)
    one = stored(payments, full)
    unknown = one.unsettled(Unknown("timeout"), NOW + 1, NOW + 2)
    assert payments.save(unknown)
    resolved = unknown.settled(APPROVED, NOW + 3)
    assert payments.save(resolved)
    refund = resolved.begun(operation(Kind.REFUND, "ref_1", 5, final=False))
    assert payments.save(refund)
    assert payments.find("mer_one", one.id) == refund


def test_a_taken_id_answers_with_the_stored_payment(payments: Payments) -> None:
    one = stored(payments, payment())
    assert payments.add(payment(amount=1), ONE) == Taken(one)
    assert payments.find("mer_one", one.id) == one


def test_a_write_that_meets_itself_counts_as_done(payments: Payments) -> None:
    """The SDK sends a write again when its answer was lost."""
    one = stored(payments, payment())
    assert payments.add(one, ONE) == one
    settled = one.settled(APPROVED, NOW)
    assert payments.save(settled)
    assert payments.save(settled)


def test_of_two_changes_to_one_version_the_first_wins(payments: Payments) -> None:
    one = stored(payments, payment()).settled(APPROVED, NOW)
    assert payments.save(one)
    assert payments.save(one.begun(operation(Kind.REFUND, "ref_1", 1)))
    assert not payments.save(one.begun(operation(Kind.REFUND, "ref_2", 1)))
    found = payments.find("mer_one", one.id)
    assert found is not None
    assert [each.id for each in found.operations] == ["pay_one", "ref_1"]


def test_a_change_of_another_merchants_payment_is_not_made(payments: Payments) -> None:
    one = stored(payments, payment())
    foreign = payment(merchant_id="mer_two").settled(APPROVED, NOW)
    assert not payments.save(foreign)
    assert payments.find("mer_one", one.id) == one


def test_two_looks_that_claim_in_the_same_millisecond_do_not_both_win(payments: Payments) -> None:
    one = stored(payments, payment())
    assert payments.save(one.claimed(Claim("look-1", NOW), NOW + 35_000))
    assert not payments.save(one.claimed(Claim("look-2", NOW), NOW + 35_000))


def test_the_listing_is_newest_first_within_its_bounds(payments: Payments) -> None:
    for number in range(5):
        stored(payments, payment(id=f"pay_{number}", created_at=NOW + number))
    (only,) = partitions(ONE)
    found = payments.newest(only, f"{NOW + 4:013d}", f"{NOW + 1:013d}", 10)
    assert [each.id for each in found] == ["pay_3", "pay_2", "pay_1"]
    first = payments.newest(only, f"{NOW + 4:013d}", f"{NOW:013d}", 2)
    after = payments.newest(only, first[-1].key, f"{NOW:013d}", 2)
    assert [each.id for each in [*first, *after]] == ["pay_3", "pay_2", "pay_1", "pay_0"]
    assert payments.newest(only, f"{NOW:013d}", f"{NOW + 4:013d}", 2) == []


def test_those_with_a_reference_are_found_by_it(payments: Payments) -> None:
    sharded = replace(ONE, shards=(("2027-01", 4),))
    terms = replace(payment().terms, reference="Zürich 1")
    for number in range(8):
        one = payment(id=f"pay_{number}", created_at=NOW + number)
        added = payments.add(replace(one, terms=terms) if number % 2 else one, sharded)
        assert isinstance(added, Payment)
    below, above = f"{NOW + 7:013d}", f"{NOW:013d}"
    places = reference_partitions(sharded, "Zürich 1")
    found = [each for place in places for each in payments.newest_with_reference(place, below, above, 10)]
    assert sorted(each.id for each in found) == ["pay_1", "pay_3", "pay_5"]
    assert len(places) == 4
    assert not any(
        payments.newest_with_reference(place, below, above, 10)
        for place in reference_partitions(replace(sharded, id="mer_two"), "Zürich 1")
    )


def test_many_are_found_in_the_order_asked_and_foreign_ones_left_out(payments: Payments) -> None:
    one = stored(payments, payment(id="pay_1"))
    two = stored(payments, payment(id="pay_2"))
    stored(payments, payment(id="pay_3", merchant_id="mer_two"))
    assert payments.find_many("mer_one", ["pay_2", "pay_none", "pay_3", "pay_1"]) == [two, one]


def test_what_is_open_is_due_and_what_is_resolved_is_not(payments: FakePayments | PaymentsTable) -> None:
    one = stored(payments, payment())
    shard = due_shard(one.id)
    assert payments.due(shard, one.latest.due_at - 1, 10) == []
    assert payments.due(shard, one.latest.due_at, 10) == [Due(one.id, one.latest.due_at)]
    later = one.unsettled(Unknown("timeout"), NOW, NOW + 99_000)
    assert payments.save(later)
    assert payments.due(shard, NOW + 98_999, 10) == []
    assert payments.due(shard, NOW + 99_000, 10) == [Due(one.id, NOW + 99_000)]
    assert payments.save(later.settled(APPROVED, NOW))
    assert payments.due(shard, NOW + 10**9, 10) == []
    assert payments.load(one.id) is not None
