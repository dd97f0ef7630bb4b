"""`tollgate redrive`: messages that were given up on, back to the operations queue."""

import time
from typing import Annotated

import typer
from rich.table import Table

from ops.dead_letters import DeadLetter, DeadLetters
from ops.options import DEFAULT_STATE_DIR, LOCAL, Stack, StateDir, open_stage
from ops.terminal import results, say, show


def redrive(
    count: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="How many to move, oldest first. Without it nothing is moved, only shown.",
            show_default=False,
        ),
    ] = None,
    stack: Stack = LOCAL,
    state_dir: StateDir = DEFAULT_STATE_DIR,
) -> None:
    """Show the follow-ups that were given up on, or move some back to be tried again.

    First find out why they failed: the worker's log group says it. A payment stays in order, and one that
    was resolved meanwhile isn't touched.
    """
    letters = DeadLetters.of(open_stage(stack, state_dir))
    if count is None:
        _show(letters, stack)
        return
    moved = 0
    for letter in letters.move(count):
        moved += 1
        say(f"{moved} of at most {count}: {letter.payment_id}")
    show(f"{moved} moved, {letters.waiting()} left")


def _show(letters: DeadLetters, stack: str) -> None:
    found = letters.look()
    if not found:
        show("Nothing was given up on.")
        return
    table = Table("payment", "given up on for", "received")
    table.columns[0].no_wrap = True
    for letter in found:
        table.add_row(letter.payment_id, _age(letter), f"{letter.received} times")
    results.print(table)
    say(f"About {letters.waiting()} in all. To move them back: tollgate redrive --count N --stack {stack}")


def _age(letter: DeadLetter) -> str:
    minutes = max(0, int(time.time() * 1000) - letter.since) // 60_000
    return f"{minutes // 60} h {minutes % 60} min"
