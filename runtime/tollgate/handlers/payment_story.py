"""A payment's events, each with the object as the API showed it then."""

from tollgate.domain.audit import Resource
from tollgate.domain.event import Event, Story, event_id
from tollgate.domain.happening import Happening, happenings
from tollgate.domain.payment import Payment
from tollgate.handlers.objects import payment_object, refund_object

REFUND = "refund."


def payment_story(payment: Payment) -> Story:
    """All that has happened to the payment and its refunds so far."""
    events = tuple(_event(payment.id, each) for each in happenings(payment))
    return Story(payment.merchant_id, payment.id, events)


def _event(subject: str, happening: Happening) -> Event:
    operation, refund = happening.operation, happening.type.value.startswith(REFUND)
    shown = refund_object(happening.payment, operation) if refund else payment_object(happening.payment)
    return Event(
        id=event_id(subject, operation.id, "end" if operation.resolved else "doubt"),
        type=happening.type,
        at=happening.at,
        subject=subject,
        resource=Resource(shown["object"], shown["id"]),
        object=shown,
        movement=happening.movement,
    )
