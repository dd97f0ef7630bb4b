"""The bugs of a table that forgets what was withdrawn, as ours once did."""

from collections.abc import Iterator
from contextlib import contextmanager

from tests.fakes.payments import FakePayments, Withdrawn
from tests.simulation.mutants.swapped import swapped
from tests.simulation.table import PaymentTable
from tollgate.domain.payment import Payment


@contextmanager
def withdrawal_deletes() -> Iterator[None]:
    """The row goes, and with it the count of its versions: the next intent is version 1 again."""
    original = PaymentTable._take_away

    def delete(self: PaymentTable, payment_id: str, left: Withdrawn) -> None:
        original(self, payment_id, left)
        del self.withdrawn[payment_id]

    with swapped((PaymentTable, "_take_away", delete)):
        yield


@contextmanager
def late_intent_revives() -> Iterator[None]:
    """The row goes, though only with the very intent that was meant: a late copy finds its id free."""
    original = FakePayments._take_back

    def its_own(self: FakePayments, payment: Payment) -> None:
        row = self._row(payment)
        if isinstance(row, Payment) and row.operations[0].started_at == payment.operations[0].started_at:
            original(self, payment)

    with withdrawal_deletes(), swapped((FakePayments, "_take_back", its_own)):
        yield
