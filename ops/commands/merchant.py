"""`tollgate merchant`: who gets paid."""

from typing import Annotated

import typer
from rich.table import Table

import onboarding
from ops.options import DEFAULT_STATE_DIR, LOCAL, Stack, StateDir, open_stage
from ops.terminal import results, say, show

app = typer.Typer(name="merchant", help="Merchants: who gets paid.", no_args_is_help=True)


@app.command()
def add(
    name: Annotated[str, typer.Option(help="What people call it.")],
    account: Annotated[
        str, typer.Option(help="Its processor account, one of the stack's tollgate:processor_accounts.")
    ],
    terminal: Annotated[str, typer.Option(help="The processor's terminal id for it.")],
    currency: Annotated[list[str], typer.Option(help="An ISO 4217 currency that it takes; can be repeated.")],
    multiple_captures: Annotated[
        bool, typer.Option(help="Whether its processor captures an authorization in several parts.")
    ] = False,
    stack: Stack = LOCAL,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Add a merchant with a vault key of its own, and print its id."""
    merchant = onboarding.add_merchant(
        open_stage(stack, state_dir),
        name=name,
        account=account,
        terminal=terminal,
        currencies=currency,
        multiple_captures=multiple_captures,
    )
    say(f"Added {name}. Next, a client for it: tollgate client add {merchant.id} --stack {stack} …")
    show(merchant.id)


@app.command("list")
def list_all(stack: Stack = LOCAL, state_dir: StateDir = DEFAULT_STATE_DIR) -> None:
    """List all merchants of a stack, oldest first."""
    table = Table("id", "name", "account", "terminal", "currencies")
    table.columns[0].no_wrap = True
    for merchant in onboarding.list_merchants(open_stage(stack, state_dir)):
        processor, currencies = merchant.processor, ", ".join(sorted(merchant.currencies))
        table.add_row(merchant.id, merchant.name, processor.account, processor.terminal, currencies)
    results.print(table)
