"""An authorization that the processor's books no longer have is over with us too."""

from tollgate.domain.audit import Exchange
from tollgate.domain.balance import Status
from tollgate.domain.identifiers import derived_id
from tollgate.domain.operation import Kind, Operation
from tollgate.domain.outcome import Approved
from tollgate.domain.payment import Payment
from tollgate.ports import Payments

OPEN = frozenset({Status.AUTHORIZED, Status.PARTIALLY_CAPTURED})


def ending(payment: Payment, by: Exchange, now: int, *, expired: bool) -> Operation:
    """What nobody asked for: the authorization has expired, or (not `expired`) was reversed elsewhere."""
    capturable = payment.balance.capturable
    return Operation(
        id=derived_id("exp_" if expired else "voi_", payment.id),
        kind=Kind.EXPIRE if expired else Kind.VOID,
        amount=capturable,
        exchange=by,
        started_at=now,
        lease_until=now,
        due_at=now,
        outcome=Approved(payment.processor_reference or "", capturable),
        finished_at=now,
    )


def end_authorization(payment: Payment, by: Exchange, now: int, payments: Payments, *, expired: bool) -> bool:
    """Store that the authorization is over, as the books show it.

    False, and no change: nothing is capturable (any more), or somebody changes the payment meanwhile.
    """
    if payment.balance.status not in OPEN or not payment.latest.resolved:
        return False
    return payments.save(payment.begun(ending(payment, by, now, expired=expired)))
