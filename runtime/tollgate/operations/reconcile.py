"""Compare payments of a time with the processor's own books, and put every difference on record."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tollgate.domain.audit import ActorType, Exchange
from tollgate.domain.day import Period
from tollgate.domain.evidence import Trace
from tollgate.domain.merchant import Merchant, ProcessorAccount
from tollgate.domain.outcome import Unknown
from tollgate.domain.payment import Payment
from tollgate.domain.reconciliation import (
    Comparison,
    Difference,
    DifferenceKind,
    compare,
)
from tollgate.operations.end_authorization import end_authorization
from tollgate.operations.list_payments import PaymentFilter, list_payments
from tollgate.operations.page import READ_AT_MOST
from tollgate.operations.record_difference import record_difference
from tollgate.ports import (
    AllMerchants,
    AllPayments,
    BooksUnavailable,
    Clock,
    Outbox,
    Payments,
    Processor,
    Trail,
)

OUR_IDS = "pay_"


@dataclass(frozen=True, slots=True)
class ReconciliationPorts:
    merchants: AllMerchants
    payments: Payments
    all_payments: AllPayments
    processor: Processor
    trail: Trail
    outbox: Outbox
    clock: Clock


@dataclass(frozen=True, slots=True)
class Found:
    """A difference, on a merchant's trail. `resolved`: the payment has become what the books say."""

    merchant_id: str
    difference: Difference
    resolved: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """Books that couldn't be read: nothing is known of this account's time. `reason` is fit for logs."""

    account: ProcessorAccount
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """`compared` payments; `open` ones of them were left out, as an operation has no outcome yet."""

    period: Period
    compared: int
    open: int
    found: tuple[Found, ...]
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class _Account:
    """A place at the processor, what we have there, and who answers for charges that nobody knows."""

    place: ProcessorAccount
    owner: str
    payments: tuple[Payment, ...]


def reconcile(period: Period, request_id: str, ports: ReconciliationPorts) -> Report:
    """Compare every payment that was made, with us or in the books, in the period; find what differs.

    Can be repeated: a difference is on record once. `request_id` names the run on the trail.
    """
    by = Exchange(ActorType.SYSTEM, "reconciler", None, None, request_id)
    compared = open_payments = 0
    found: list[Found] = []
    unread: list[Unread] = []
    for account in _accounts(period, ports):
        try:
            payments, comparison = _compared(account, period, ports)
        except BooksUnavailable as trouble:
            unread.append(Unread(account.place, str(trouble)))
            continue
        compared += len(payments)
        open_payments += comparison.open
        for difference in comparison.differences:
            payment = payments.get(difference.payment_id or "")
            found.append(_recorded(difference, payment, account.owner, by, ports))
    return Report(period, compared, open_payments, tuple(found), tuple(unread))


def _accounts(period: Period, ports: ReconciliationPorts) -> list[_Account]:
    """Merchants' accounts now, and those that the period's payments were made with."""
    merchants = ports.merchants.list_merchants()
    owners: dict[ProcessorAccount, str] = {}
    payments: dict[ProcessorAccount, list[Payment]] = defaultdict(list)
    for merchant in merchants:
        owners.setdefault(merchant.processor, merchant.id)
        for payment in _of_period(merchant, period, ports):
            payments[payment.processor].append(payment)
            owners.setdefault(payment.processor, merchant.id)
    return [_Account(place, owner, tuple(payments[place])) for place, owner in owners.items()]


def _of_period(merchant: Merchant, period: Period, ports: ReconciliationPorts) -> Iterator[Payment]:
    wanted = PaymentFilter(None, None, created_from=period.since, created_to=period.until)
    start: str | None = None
    while True:
        now = ports.clock.now()
        page = list_payments(merchant, wanted, start, READ_AT_MOST, now, ports.payments)
        yield from page.objects
        if page.next_key is None:
            return
        start = page.next_key


def _compared(
    account: _Account, period: Period, ports: ReconciliationPorts
) -> tuple[dict[str, Payment], Comparison]:
    """The payments, as they were compared, and what is different after a second look.

    The two sides are never read at the same instant, nor do they agree on when a payment was made: whatever
    differs is looked at once more by itself. Raises `BooksUnavailable`.
    """
    payments = {payment.id: payment for payment in account.payments}
    traces = list(ports.processor.listed(account.place, period.since, period.until))
    for payment in _owners(account.place, traces, payments, ports):
        payments[payment.id] = payment
    first = compare(payments.values(), traces)
    orphans = tuple(each for each in first.differences if each.payment_id is None)
    suspects = {each.payment_id: None for each in first.differences if each.payment_id is not None}
    second = [_second_look(payments, payment_id, account.place, ports) for payment_id in suspects]
    differences = (*orphans, *(each for look in second for each in look.differences))
    return payments, Comparison(differences, first.open + sum(look.open for look in second))


def _owners(
    place: ProcessorAccount, traces: Iterable[Trace], known: dict[str, Payment], ports: ReconciliationPorts
) -> Iterator[Payment]:
    """Payments of other times that own a trace of this one."""
    for order_id in {trace.order_id for trace in traces} - known.keys():
        payment = ports.all_payments.load(order_id) if order_id.startswith(OUR_IDS) else None
        if payment is not None and payment.processor == place:
            yield payment


def _second_look(
    payments: dict[str, Payment], payment_id: str, place: ProcessorAccount, ports: ReconciliationPorts
) -> Comparison:
    """One payment compared anew; left out as open if it changes meanwhile. Raises `BooksUnavailable`."""
    before = ports.all_payments.load(payment_id)
    traces = ports.processor.find(place, payment_id)
    after = ports.all_payments.load(payment_id)
    if isinstance(traces, Unknown):
        raise BooksUnavailable(traces.reason)
    if before is None or after is None or before.version != after.version:
        return Comparison((), open=1)
    payments[payment_id] = after
    return compare([after], traces)


def _recorded(
    difference: Difference, payment: Payment | None, owner: str, by: Exchange, ports: ReconciliationPorts
) -> Found:
    merchant_id = payment.merchant_id if payment else owner
    record_difference(difference, merchant_id, by, ports)
    expired = difference.kind is DifferenceKind.EXPIRED
    ended = expired or difference.kind is DifferenceKind.REVERSED_ELSEWHERE
    resolved = (
        ended
        and payment is not None
        and (expired or not payment.balance.captured)
        and end_authorization(payment, by, ports.clock.now(), ports.payments, expired=expired)
    )
    return Found(merchant_id, difference, resolved)
