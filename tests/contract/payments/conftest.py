"""The fake and the table, each in turn."""

import pytest

from tests.contract.tables import create_table
from tests.examples import merchant
from tests.fakes.payments import FakePayments
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.domain.payment import Payment
from tollgate.ports import Payments

ONE = merchant()


@pytest.fixture(params=["fake", "table"])
def payments(request: pytest.FixtureRequest) -> FakePayments | PaymentsTable:
    if request.param == "fake":
        return FakePayments()
    request.getfixturevalue("aws")
    indexes = {
        "listing": ("listing", "position"),
        "due": ("due_shard", "due"),
        "by_reference": ("ref", "position"),
    }
    return PaymentsTable(create_table("payments", indexes, numbers={"due"}), "payments")


def stored(payments: Payments, payment: Payment) -> Payment:
    """The payment, added."""
    added = payments.add(payment, ONE)
    assert isinstance(added, Payment)
    return added
