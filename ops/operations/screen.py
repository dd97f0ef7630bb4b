"""What is known of an operation, on one screen."""

from rich.table import Table

from ops.operations.known import Books
from tollgate.domain.audit import timestamp
from tollgate.domain.identifiers import attempt_key
from tollgate.domain.operation import Operation, Statement
from tollgate.domain.payment import Payment


def why(operation: Operation) -> str:
    """Why it is in doubt."""
    if operation.resolved:
        return "it isn't: it has its outcome"
    reason = getattr(operation.outcome, "reason", None)
    return str(reason) if reason else "its request is still at work, or whoever worked on it was killed"


def ours(payment: Payment) -> Table:
    """The payment and its open operation, as they are stored."""
    operation, balance = payment.latest, payment.balance
    facts = {
        "payment": f"{payment.id} of {payment.merchant_id}, {balance.status.value}",
        "amounts": f"{payment.terms.currency} {payment.terms.amount}: captured {balance.captured}, "
        f"refunded {balance.refunded}, being refunded {balance.refunding}",
        "processor": f"{payment.processor.account}, terminal {payment.processor.terminal}; order "
        f"{payment.id}, payment {payment.processor_reference or 'unknown'}",
        "operation": f"{operation.kind.value} {operation.id}, amount {operation.amount}"
        + (f", of the charge {operation.target}, which may not stand" if operation.target else ""),
        "asked by": f"{operation.exchange.actor_id}, request {operation.exchange.request_id}",
        "begun": timestamp(operation.started_at),
        "sent last": f"not after {timestamp(operation.lease_until)}, under the key "
        f"{attempt_key(operation.id, operation.started_at)}",
        "looks": f"{operation.checks}; the next at {timestamp(operation.due_at)}",
        "in doubt": why(operation),
    }
    table = Table(show_header=False, title="Ours", title_justify="left")
    for name, value in facts.items():
        table.add_row(name, value)
    return table


def at_processor(found: Books) -> Table:
    """What the books show of the order."""
    table = Table(
        "reference",
        "status",
        "authorized",
        "captured",
        "given back",
        "at",
        title="The processor's books",
        title_justify="left",
    )
    if found.unread:
        table.add_row(f"not read: {found.unread}", *[""] * 5)
    elif not found.traces:
        table.add_row("no payment with this order", *[""] * 5)
    for trace in found.traces:
        amounts = (f"{each} {trace.currency}" for each in (trace.authorized, trace.captured, trace.refunded))
        table.add_row(trace.reference, trace.status.value, *amounts, timestamp(trace.at))
    return table


def earlier(payment: Payment) -> Table:
    """Every operation of the payment with what it came to."""
    table = Table("operation", "amount", "outcome", "reference", title="Its operations", title_justify="left")
    for each in payment.operations:
        outcome = type(each.outcome).__name__.lower() if each.outcome else "none"
        reference = getattr(each.outcome, "reference", "") or ""
        table.add_row(f"{each.kind.value} {each.id}", str(each.amount), outcome, reference)
    return table


def sentence(said: Statement) -> str:
    """What a person said."""
    effect = "it had no effect"
    if said.took_effect:
        effect = f"it took effect ({said.reference or 'no reference'})"
    verb = "agreed" if said.approves else "proposed"
    return f"{timestamp(said.at)} {said.by} {verb}: {effect}; evidence: {said.evidence}"
