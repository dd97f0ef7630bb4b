"""What is withdrawn is gone for whoever looks, and its versions never come again."""

import pytest

from tests.contract.payments.conftest import ONE, stored
from tests.examples import NOW, operation, payment
from tests.fakes.payments import FakePayments
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.domain.listing import due_shard, partitions, reference_partitions
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import Approved
from tollgate.domain.payment import Payment
from tollgate.ports import PaymentGone, Payments, Taken

APPROVED = Approved("M1", 10_000)
FOREVER = NOW + 10**9


def captured(payments: Payments) -> Payment:
    one = stored(payments, payment()).settled(APPROVED, NOW)
    assert payments.save(one)
    return one


def test_a_withdrawn_payment_is_not_found_listed_or_due(payments: FakePayments | PaymentsTable) -> None:
    one = stored(payments, payment())
    payments.withdraw(one)
    assert payments.find("mer_one", one.id) is None
    assert payments.load(one.id) is None
    assert payments.find_many("mer_one", [one.id]) == []
    (listing,) = partitions(ONE)
    assert payments.newest(listing, "9", "0", 10) == []
    (named,) = reference_partitions(ONE, "order-1")
    assert payments.newest_with_reference(named, "9", "0", 10) == []
    assert payments.due(due_shard(one.id), FOREVER, 10) == []


def test_its_id_is_free_and_the_next_version_is_a_later_one(
    payments: FakePayments | PaymentsTable,
) -> None:
    one = stored(payments, payment())
    payments.withdraw(one)
    two = stored(payments, payment(amount=5_000))
    assert two.version > one.version + 1
    assert payments.find("mer_one", two.id) == two
    (listing,) = partitions(ONE)
    assert [each.id for each in payments.newest(listing, "9", "0", 10)] == [two.id]
    assert payments.add(two, ONE) == two
    assert payments.add(payment(amount=1), ONE) == Taken(two)


def test_a_withdrawal_that_arrives_twice_does_not_take_the_next_intent(payments: Payments) -> None:
    one = stored(payments, payment())
    payments.withdraw(one)
    two = stored(payments, payment())
    payments.withdraw(one)
    assert payments.find("mer_one", two.id) == two


def test_a_watch_goes_on_when_the_intent_that_took_it_over_is_withdrawn(
    payments: FakePayments | PaymentsTable,
) -> None:
    watched = stored(payments, payment()).watching(FOREVER).settled(APPROVED, NOW)
    assert payments.save(watched)
    refunding = watched.begun(operation(Kind.REFUND, "ref_1", 5))
    assert payments.save(refunding)
    payments.withdraw(refunding)
    assert [each.payment_id for each in payments.due(due_shard(watched.id), FOREVER, 10)] == [watched.id]


def test_another_merchants_withdrawn_id_is_not_free(payments: Payments) -> None:
    one = stored(payments, payment())
    payments.withdraw(one)
    with pytest.raises(RuntimeError):
        stored(payments, payment(merchant_id="mer_two"))
    assert payments.find("mer_two", one.id) is None


def test_a_withdrawn_operation_leaves_the_rest(payments: Payments) -> None:
    one = captured(payments)
    begun = one.begun(operation(Kind.REFUND, "ref_1", 1))
    assert payments.save(begun)
    payments.withdraw(begun)
    left = payments.find("mer_one", one.id)
    assert left is not None
    assert left.operations == one.operations
    assert left.version > begun.version


def test_a_withdrawn_operation_is_not_due(payments: FakePayments | PaymentsTable) -> None:
    one = captured(payments)
    begun = one.begun(operation(Kind.REFUND, "ref_1", 1))
    assert payments.save(begun)
    payments.withdraw(begun)
    assert payments.due(due_shard(one.id), FOREVER, 10) == []


def test_nothing_is_withdrawn_that_has_changed_since(payments: Payments) -> None:
    one = stored(payments, payment())
    settled = one.settled(APPROVED, NOW)
    assert payments.save(settled)
    payments.withdraw(one)
    assert payments.find("mer_one", one.id) == settled


def test_a_change_of_a_payment_that_is_not_there_is_told(payments: Payments) -> None:
    for change in (payments.save, payments.withdraw):
        with pytest.raises(PaymentGone):
            change(payment())


def test_a_payment_that_is_not_there_is_put_back_whole(payments: FakePayments | PaymentsTable) -> None:
    whole = payment().settled(APPROVED, NOW).begun(operation(Kind.REFUND, "ref_1", 1))
    assert payments.put_back(whole) == whole
    assert payments.find("mer_one", whole.id) == whole
    (listing,) = partitions(ONE)
    assert [each.id for each in payments.newest(listing, "9", "0", 10)] == [whole.id]
    assert payments.due(due_shard(whole.id), FOREVER, 10) != []


def test_a_payment_that_stands_as_withdrawn_is_put_back_in_a_later_version(payments: Payments) -> None:
    one = stored(payments, payment())
    payments.withdraw(one)
    back = payments.put_back(one.settled(APPROVED, NOW))
    assert back is not None
    assert back.version > one.version + 1
    assert payments.find("mer_one", one.id) == back


def test_nothing_is_put_over_a_payment_that_is_there(payments: Payments) -> None:
    one = captured(payments)
    assert payments.put_back(payment()) is None
    assert payments.find("mer_one", one.id) == one
    assert payments.put_back(one) == one
