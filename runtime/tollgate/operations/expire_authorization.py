"""An authorization that the processor's books show as expired is over with us too."""

from tollgate.domain.audit import Exchange
from tollgate.domain.balance import Status
from tollgate.domain.identifiers import derived_id
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.outcome import Approved
from tollgate.domain.payment import Payment
from tollgate.ports import Payments


def expire_authorization(payment: Payment, by: Exchange, now: int, payments: Payments) -> bool:
    """Store that the authorization has expired, as the books show it.

    False, and no change: the payment isn't `authorized` (any more), or somebody changes it meanwhile.
    """
    balance = payment.balance
    if balance.status is not Status.AUTHORIZED or not payment.latest.resolved:
        return False
    expiry = Operation(
        id=derived_id("exp_", payment.id),
        kind=Kind.EXPIRE,
        amount=balance.capturable,
        exchange=by,
        started_at=now,
        lease_until=now,
        due_at=now,
        outcome=Approved(payment.processor_reference or "", balance.capturable),
        finished_at=now,
    )
    return payments.save(payment.begun(expiry))
