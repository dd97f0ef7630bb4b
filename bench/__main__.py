"""`python -m bench`: count, show, and hold against the limits."""

import contextlib
import io
import logging
from pathlib import Path
from typing import Annotated

import typer

from bench import cpu, instructions
from bench.account import opened
from bench.flows import run
from bench.measures import Measures, exceeded, limits
from bench.page import page, report
from onboarding.failure import Failure
from ops.terminal import say

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def bench(
    counts_only: Annotated[
        bool, typer.Option("--counts-only", help="Leave out the instructions: they take minutes.")
    ] = False,
    cpu_rounds: Annotated[
        int,
        typer.Option(
            "--cpu", min=0, help="Rounds of CPU seconds, too: ratios to the article's, never a gate."
        ),
    ] = 0,
    json: Annotated[
        Path | None, typer.Option("--json", help="Write the numbers to this file.", dir_okay=False)
    ] = None,
    write: Annotated[
        Path | None, typer.Option("--page", help="Write the page of docs/ to this file.", dir_okay=False)
    ] = None,
) -> None:
    """Count what requests cost, beside a typical article's design and a floor; fail above bench/limits.toml.

    Calls, units and bytes need only Python. Instructions need valgrind and CPython 3.13; without them one
    line says so.
    """
    try:
        measures, spreads = _measured(counts_only, cpu_rounds)
    except Failure as failure:
        say(f"{failure.reason}\n{failure.remedy}")
        raise typer.Exit(1) from None
    typer.echo(report(measures, spreads))
    if json:
        json.write_text(measures.as_json(), encoding="utf-8")
    if write:
        write.write_text(page(measures), encoding="utf-8")
    if above := exceeded(measures, limits()):
        say("Above their limits (bench/limits.toml):\n" + "\n".join(above))
        raise typer.Exit(1)


def _measured(counts_only: bool, cpu_rounds: int) -> tuple[Measures, dict[str, cpu.Spread]]:
    counted: dict[str, float] = {}
    with opened() as account:
        logging.disable()  # the functions' own lines, and their metrics
        with contextlib.redirect_stdout(io.StringIO()):
            done = run(account)
        missing = "Instructions weren't asked for." if counts_only else instructions.unavailable()
        if missing:
            say(missing)
        else:
            counted = instructions.measure(account, done.token, say)
        spreads = cpu.measure(account, done.token, cpu_rounds) if cpu_rounds else {}
    return Measures(done.costs, counted), spreads


if __name__ == "__main__":
    app()
