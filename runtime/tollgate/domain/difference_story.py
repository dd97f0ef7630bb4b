"""What reconciliation finds, as an event of the payment that it is about."""

from dataclasses import asdict

from tollgate.domain.audit import Audit
from tollgate.domain.event import Event, EventType, Story, event_id
from tollgate.domain.reconciliation import Difference


def difference_story(difference: Difference, record: Audit) -> Story:
    """The event of a difference, from its record on the trail: the same difference is told once. A charge
    that no payment of ours owns has a sequence of its own."""
    about = record.resource
    subject = about.id or record.id
    content = {
        "object": "difference",
        "kind": difference.kind.value,
        "payment_id": difference.payment_id,
        "processor_reference": difference.reference,
        "ours": difference.ours and asdict(difference.ours),
        "books": difference.books and asdict(difference.books),
    }
    event = Event(
        id=event_id(subject, record.id),
        type=EventType.RECONCILIATION_DIFFERENCE,
        at=record.at,
        subject=subject,
        resource=about,
        object=content,
        noted=True,
    )
    return Story(record.merchant_id, subject, (event,))
