"""`tollgate payments`: what is stored about a payment."""

import json
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.table import Table

from onboarding import Stage
from onboarding.failure import Failure
from ops.options import DEFAULT_STATE_DIR, LOCAL, Stack, StateDir, open_stage
from ops.terminal import results, show
from tollgate.adapters.items import row_of
from tollgate.adapters.payment_rows import payment_of
from tollgate.domain.audit import timestamp
from tollgate.domain.operation import Operation
from tollgate.domain.outcome import Approved, Declined, InDoubt, Unknown
from tollgate.domain.payment import Payment
from tollgate.handlers.objects import payment_object

app = typer.Typer(name="payments", help="What is stored about a payment.", no_args_is_help=True)


@app.command("show")
def show_payment(
    payment_id: Annotated[str, typer.Argument(help="The payment's id, pay_….")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the API's own JSON.")] = False,
    stack: Stack = LOCAL,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Show a payment and its operations, straight from the table. No card number is stored there."""
    payment = _find(open_stage(stack, state_dir), payment_id)
    if as_json:
        show(json.dumps(payment_object(payment), indent=2))
    else:
        results.print(_facts(payment))
        results.print(_operations(payment))


def _find(stage: Stage, payment_id: str) -> Payment:
    table = stage.physical_name("payments")
    answer = stage.dynamodb.get_item(TableName=table, Key={"id": {"S": payment_id}}, ConsistentRead=True)
    payment = payment_of(row_of(answer["Item"])) if "Item" in answer else None
    if payment is None:
        raise Failure(f"The stack '{stage.name}' has no payment {payment_id}.", "Check the id and --stack.")
    return payment


def _facts(payment: Payment) -> Table:
    terms, card, balance = payment.terms, payment.card, payment.balance
    facts = {
        "payment": payment.id,
        "merchant": payment.merchant_id,
        "status": balance.status.value,
        "amount": f"{terms.amount} {terms.currency} (minor units), {terms.capture_method}",
        "captured": f"{balance.captured}, of which refunded {balance.refunded}",
        "card": f"{card.brand} …{card.last4}, {card.exp_month:02}/{card.exp_year}",
        "processor": f"{payment.processor.processor} {payment.processor_reference or '(no reference)'}",
        "reference": terms.reference or "",
        "created": timestamp(payment.created_at),
    }
    table = Table(show_header=False)
    for name, value in facts.items():
        table.add_row(name, value)
    return table


def _operations(payment: Payment) -> Table:
    table = Table("operation", "id", "amount", "outcome", "started (UTC)", box=SIMPLE, padding=(0, 1, 0, 0))
    for column in (table.columns[1], table.columns[4]):
        column.no_wrap = True
    for operation in payment.operations:
        table.add_row(
            operation.kind.value,
            operation.id,
            str(operation.amount),
            _outcome(operation),
            timestamp(operation.started_at)[:19],
        )
    return table


def _outcome(operation: Operation) -> str:
    match operation.outcome:
        case Approved():
            return "approved"
        case Declined(failure):
            return f"declined: {failure.code}"
        case Unknown():
            return f"unknown, looked at again from {timestamp(operation.due_at)}"
        case InDoubt(reason):
            return f"in doubt, a person must look: {reason}"
        case None:
            return "executing"


@app.callback()
def group() -> None:
    """What is stored about a payment."""
