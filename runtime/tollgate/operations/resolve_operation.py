"""What people say of an operation in doubt is stored, unless the processor's books exclude it."""

from dataclasses import replace

from tollgate.domain.operation import Statement
from tollgate.domain.outcome import Unknown
from tollgate.domain.payment import Payment
from tollgate.domain.resolution import NotResolvable, approved, proposed
from tollgate.operations.reconcile import ReconciliationPorts


def resolve_operation(payment_id: str, said: Statement, ports: ReconciliationPorts) -> Payment:
    """Store a proposal on the payment's open operation or, if it `approves`, its outcome with it.

    An approval repeats the proposal that stands; its time is the clock's. The books are asked each time.
    Raises `NotResolvable`; nothing is stored then.
    """
    payment = ports.all_payments.load(payment_id)
    if payment is None:
        raise NotResolvable("There is no such payment.")
    found = ports.processor.find(payment.processor, payment.id)
    if isinstance(found, Unknown):
        raise NotResolvable(f"The processor's books can't be read: {found.reason}.")
    now = ports.clock.now()
    said = replace(said, at=now)
    after = (approved if said.approves else proposed)(payment, said, found, now)
    if not ports.payments.save(after):
        raise NotResolvable("The payment has changed just now: look at it again.")
    return after
