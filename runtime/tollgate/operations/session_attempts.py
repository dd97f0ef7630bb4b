"""The attempts to pay a checkout session: payments, found by ids that follow from the session's."""

from tollgate.domain.checkout import ATTEMPTS, CheckoutSession
from tollgate.domain.payment import Payment
from tollgate.ports import Payments


def attempts_of(session: CheckoutSession, payments: Payments) -> list[Payment]:
    """Those there are, oldest first. Each but the last has certainly failed."""
    made: list[Payment] = []
    while len(made) < ATTEMPTS:
        attempt = payments.find(session.merchant_id, session.attempt_id(len(made) + 1))
        if attempt is None:
            break
        made.append(attempt)
    return made
