"""`tollgate operations`: operations without an outcome, and how two people resolve one."""

import time
from typing import Annotated

import typer
from rich.table import Table

from onboarding.failure import Failure
from ops.operations import known, people, resolving, screen
from ops.options import DEFAULT_STATE_DIR, LOCAL, Stack, StateDir, open_stage
from ops.terminal import results, say, show
from tollgate.domain.payment import Payment

app = typer.Typer(
    name="operations", help="Operations that code can't decide, and people can.", no_args_is_help=True
)
PaymentId = Annotated[str, typer.Argument(help="The payment's id, pay_….")]
Name = Annotated[
    str | None, typer.Option("--as", help="Who you are, on the laptop. On AWS your credentials say it.")
]


@app.command("list")
def list_operations(stack: Stack = LOCAL, state_dir: StateDir = DEFAULT_STATE_DIR) -> None:
    """Operations without an outcome, longest open first, and why."""
    now = int(time.time() * 1000)
    table = Table("payment", "operation", "amount", "open for", "why", "proposed")
    table.columns[0].no_wrap = True
    for payment in known.open_payments(open_stage(stack, state_dir), now):
        latest = payment.latest
        minutes = (now - latest.started_at) // 60_000
        table.add_row(
            payment.id,
            latest.kind.value,
            f"{latest.amount} {payment.terms.currency}",
            f"{minutes // 60} h {minutes % 60} min",
            screen.why(latest),
            "yes" if latest.proposal else "",
        )
    if table.row_count:
        results.print(table)
    else:
        show("Every operation has its outcome.")


@app.command("show")
def show_operation(
    payment_id: PaymentId, stack: Stack = LOCAL, state_dir: StateDir = DEFAULT_STATE_DIR
) -> None:
    """All that is known: our item, the processor's books as they are now, and why it is in doubt."""
    stage = open_stage(stack, state_dir)
    payment = known.load(stage, payment_id)
    results.print(screen.ours(payment), screen.earlier(payment))
    results.print(screen.at_processor(known.books(stage, payment)))
    _show_statements(payment)


@app.command("resolve")
def resolve(
    payment_id: PaymentId,
    took_effect: Annotated[
        bool | None, typer.Option("--took-effect/--no-effect", help="What it came to.", show_default=False)
    ] = None,
    reference: Annotated[
        str | None, typer.Option(help="The processor's id of what took effect: of the charge, or the refund.")
    ] = None,
    evidence: Annotated[
        str | None, typer.Option(help="Where the proof is kept: a ticket, a document. It stays on the trail.")
    ] = None,
    approve: Annotated[bool, typer.Option("--approve", help="Agree with what was proposed.")] = False,
    name: Name = None,
    stack: Stack = LOCAL,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Say what an operation came to. It takes two people: one proposes it, another one approves.

    Nothing can be said that the processor's books exclude, and both statements stand on the payment's own
    chain, with who made them and the evidence.
    """
    stage = open_stage(stack, state_dir)
    by = people.principal(stage, name)
    if approve:
        if took_effect is not None or reference or evidence:
            raise Failure("--approve agrees with what was proposed.", "Leave the other options out.")
        payment = resolving.approve(stage, payment_id, by)
        show(f"Resolved: {payment.latest.kind.value} {payment.latest.id}.")
    else:
        if took_effect is None or evidence is None:
            raise Failure(
                "It isn't said what it came to, or how that is known.",
                "Give --took-effect or --no-effect, and --evidence.",
            )
        said = resolving.Said(took_effect, reference, evidence)
        payment = resolving.propose(stage, payment_id, said, by)
        say(f"Proposed. Somebody else: tollgate operations resolve {payment_id} --approve --stack {stack}")
    _show_statements(payment)


def _show_statements(payment: Payment) -> None:
    for said in payment.latest.statements:
        show(screen.sentence(said))


@app.callback()
def group() -> None:
    """Operations that code can't decide, and people can."""
