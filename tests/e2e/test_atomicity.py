"""The emulator's conditional writes: everything that the laptop shows about races rests on them."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from onboarding import Stage
from tests.contract.tables import create_table
from tests.examples import NOW, merchant, operation, payment
from tests.together import together
from tollgate.adapters.payments_table import PaymentsTable
from tollgate.domain.operation import Kind
from tollgate.domain.outcome import Approved
from tollgate.domain.payment import Payment
from tollgate.ports import Taken

THREADS = 16
ROUNDS = 60


@pytest.fixture(scope="module")
def payments(stage: Stage) -> Iterator[PaymentsTable]:
    """A table of its own: the stage's has readers that wouldn't know these payments."""
    dynamodb: Any = stage.session.client("dynamodb", endpoint_url=stage.endpoint_url)
    indexes = {"listing": ("listing", "position"), "due": ("due_shard", "due")}
    create_table("races", indexes, numbers={"due"}, dynamodb=dynamodb)
    yield PaymentsTable(dynamodb, "races")
    dynamodb.delete_table(TableName="races")


def test_of_many_that_create_one_payment_one_does(payments: PaymentsTable) -> None:
    for number in range(ROUNDS):
        tries = [payment(id=f"pay_{number}", amount=amount) for amount in range(1, THREADS + 1)]
        answers = together([partial(payments.add, each, merchant()) for each in tries])
        (winner,) = [each for each in answers if isinstance(each, Payment)]
        assert winner in tries
        assert all(answer in (winner, Taken(winner)) for answer in answers)


def test_of_many_that_come_after_a_withdrawal_one_does(payments: PaymentsTable) -> None:
    for number in range(ROUNDS // 4):
        first = payment(id=f"pay_again_{number}")
        payments.add(first, merchant())
        payments.withdraw(first)
        tries = [payment(id=first.id, amount=amount) for amount in range(1, THREADS + 1)]
        answers = together([partial(payments.add, each, merchant()) for each in tries])
        (winner,) = [each for each in answers if isinstance(each, Payment)]
        assert winner.version > first.version
        assert payments.find("mer_one", first.id) == winner


def test_of_many_that_change_one_version_one_does(payments: PaymentsTable) -> None:
    paid = payment(id="pay_changes")
    assert payments.add(paid, merchant()) == paid
    current = paid.settled(Approved("M1", 10_000), NOW)
    assert payments.save(current)
    for number in range(ROUNDS // 2):
        tries = [
            current.begun(operation(Kind.REFUND, f"ref_{number}_{thread}", 1)) for thread in range(THREADS)
        ]
        saved = together([partial(payments.save, each) for each in tries])
        (begun,) = [each for each, done in zip(tries, saved, strict=True) if done]
        assert payments.find("mer_one", paid.id) == begun
        current = begun.settled(Approved("R", 1), NOW)
        assert payments.save(current)
