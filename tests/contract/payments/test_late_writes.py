"""A write can arrive twice, and late: after its own resend, and after whatever followed. Then it loses."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.contract.payments.conftest import stored
from tests.contract.tables import create_table
from tests.examples import NOW, REFUSAL, operation, payment
from tests.fakes.payments import FakePayments
from tollgate.adapters.items import condition_failed
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.domain.operation import Claim, Kind
from tollgate.domain.outcome import Approved, Declined, Unknown
from tollgate.domain.payment import Payment

Copies = list[Callable[[], object]]
Recorded = tuple[FakePayments | PaymentsTable, Copies]


class Recording:
    """A DynamoDB client that keeps a copy of every write, to be sent once more."""

    def __init__(self, client: Any, copies: Copies) -> None:
        self._client = client
        self._copies = copies

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._client, name)
        if name not in {"put_item", "update_item", "delete_item"}:
            return call

        def written(**request: Any) -> Any:
            self._copies.append(lambda: call(**request))
            return call(**request)

        return written


class RecordingFake(FakePayments):
    def __init__(self, copies: Copies) -> None:
        super().__init__()
        self._copies = copies

    def _write(self, _call: str, act: Callable[[], Any]) -> Any:
        self._copies.append(act)
        return act()


@pytest.fixture(params=["fake", "table"])
def recorded(request: pytest.FixtureRequest) -> Recorded:
    copies: Copies = []
    if request.param == "fake":
        return RecordingFake(copies), copies
    request.getfixturevalue("aws")
    indexes = {"listing": ("listing", "position"), "due": ("due_shard", "due")}
    client = Recording(create_table("payments", indexes, numbers={"due"}), copies)
    return PaymentsTable(client, "payments"), copies


def life(payments: FakePayments | PaymentsTable) -> Iterator[None]:
    """Every kind of write, with withdrawals and the same intents again in between."""
    one = stored(payments, payment())
    yield
    payments.withdraw(one)
    yield
    two = stored(payments, payment())
    yield
    claimed = two.claimed(Claim("look-1", NOW), NOW + 35_000)
    assert payments.save(claimed)
    yield
    payments.withdraw(two)
    unknown = claimed.unsettled(Unknown("timeout"), NOW, NOW + 10_000)
    assert payments.save(unknown)
    yield
    captured = unknown.settled(Approved("M1", 10_000), NOW)
    assert payments.save(captured)
    yield
    refunding = captured.begun(operation(Kind.REFUND, "ref_1", 1))
    assert payments.save(refunding)
    payments.withdraw(refunding)
    yield
    left = payments.find("mer_one", one.id)
    assert left is not None
    again = left.begun(operation(Kind.REFUND, "ref_1", 1))
    assert payments.save(again)
    yield
    assert payments.save(again.settled(Declined(REFUSAL), NOW))
    yield


def test_whatever_was_written_before_changes_nothing_when_it_comes_again(recorded: Recorded) -> None:
    payments, copies = recorded
    for _ in life(payments):
        before = payments.load("pay_one")
        for copy in list(copies):
            _arrives(copy)
            assert payments.load("pay_one") == before


def test_the_whole_of_a_life_is_recorded(recorded: Recorded) -> None:
    """Else the test above would compare nothing."""
    payments, copies = recorded
    assert sum(1 for _ in life(payments)) == 9
    assert len(copies) >= 11


def test_what_was_put_back_is_not_changed_by_what_came_before(recorded: Recorded) -> None:
    payments, copies = recorded
    whole: Payment = payment()
    payments.put_back(whole)
    settled = whole.settled(Approved("M1", 10_000), NOW)
    assert payments.save(settled)
    for copy in list(copies):
        _arrives(copy)
        assert payments.load(whole.id) == settled


def _arrives(copy: Callable[[], object]) -> None:
    try:
        copy()
    except ClientError as error:
        if not condition_failed(error):
            raise
